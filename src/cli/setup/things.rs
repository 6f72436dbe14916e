use crate::cli::account::Account;
use crate::cli::context::Context;
use crate::domain::account::folded_name;
use crate::domain::rule::Owner;
use crate::domain::setup::{Directory, Item, ItemKind, Mentions};
use crate::language::nearest;
use crate::report::{Failure, Status};
use crate::words;

/// All things of one kind, with the names of everything that they name.
pub struct Things {
    /// What they are.
    pub kind: ItemKind,
    /// In their order.
    pub items: Vec<Item>,
    /// What they refer to.
    pub directory: Directory,
}

impl Things {
    /// As they are now.
    pub async fn load(account: &Account, kind: ItemKind) -> Result<Self, Failure> {
        let items = account.client.items(kind).await?;
        let mentions = items.iter().map(Mentions::of_item).fold(Mentions::default(), Mentions::and);
        let directory = account.client.directory(mentions).await?;
        Ok(Self { kind, items, directory })
    }

    /// The one of that name, title or number.
    pub fn find(&self, cx: &Context, name: &str) -> Result<&Item, Failure> {
        self.look(cx, name)?.ok_or_else(|| {
            let known = self.items.iter().map(Item::name);
            match nearest(name, known) {
                Some(near) => Failure::said("setup-none-but", Status::NotFound).with("nearest", near),
                None => Failure::said("setup-none", Status::NotFound),
            }
            .with("name", name)
        })
    }

    /// The same, none when there is none. Of several that are called so it is one's own, else what all have; a group's is
    /// named by its number where that does not tell.
    pub fn look(&self, cx: &Context, name: &str) -> Result<Option<&Item>, Failure> {
        if let Some(Ok(id)) = name.strip_prefix('#').map(str::parse::<i64>) {
            return Ok(self.items.iter().find(|item| item.key().id == id));
        }
        let wanted = folded_name(name);
        let mut found: Vec<&Item> = self.items.iter().filter(|item| folded_name(item.name()) == wanted).collect();
        if found.is_empty() {
            let title = |item: &&Item| folded_name(&words::item_title(&cx.words, item)) == wanted;
            found = self.items.iter().filter(title).collect();
        }
        if found.len() > 1 {
            let best: Vec<&Item> = found.iter().filter(|item| item.owner() == Owner::Account).copied().collect();
            if best.len() != 1 {
                let numbers: Vec<String> = found.iter().map(|item| format!("#{}", item.key().id)).collect();
                let failure = Failure::said("setup-many", Status::Failed).with("name", name);
                return Err(failure.with("numbers", numbers.join(", ")));
            }
            found = best;
        }
        Ok(found.first().copied())
    }
}
