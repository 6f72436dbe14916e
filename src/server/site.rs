use crate::client::door::Door;
use crate::language::Language;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An account that is served.
pub struct Site {
    /// The way to it.
    pub door: Door,
    /// In which language refusals are said.
    pub words: Language,
}

/// Accounts by the host names under which they are asked for.
#[derive(Clone)]
pub struct Sites {
    named: BTreeMap<String, Arc<Site>>,
    /// Who answers for a name that nobody has: the only one there is.
    only: Option<Arc<Site>>,
}

impl Sites {
    /// One account, whatever it is called by.
    pub fn one(site: Site) -> Self {
        Self { named: BTreeMap::new(), only: Some(Arc::new(site)) }
    }

    /// Several, each by its host names, without ports.
    pub fn named(sites: impl IntoIterator<Item = (Vec<String>, Site)>) -> Self {
        let mut named = BTreeMap::new();
        for (names, site) in sites {
            let site = Arc::new(site);
            named.extend(names.into_iter().map(|name| (name.to_lowercase(), Arc::clone(&site))));
        }
        Self { named, only: None }
    }

    /// The account of a `Host`, which may have a port.
    pub(super) fn of(&self, host: &str) -> Option<&Arc<Site>> {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        let name = name.trim_end_matches('.').to_lowercase();
        self.named.get(&name).or(self.only.as_ref())
    }

    /// Each account once.
    pub fn all(&self) -> Vec<Arc<Site>> {
        let mut all: Vec<Arc<Site>> = self.named.values().chain(&self.only).cloned().collect();
        all.sort_by_key(Arc::as_ptr);
        all.dedup_by_key(|site| Arc::as_ptr(site));
        all
    }
}
