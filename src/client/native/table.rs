/// Every method of a client, for what is made of each: what it is about, by which means it is called, what is asked with
/// and what is answered. Those that are `plain` are JSON both ways, those that are `keyed` bear the name under which an
/// act is sent as well, those that are `filed` answer a file besides, and what is `heard` is
/// listened to where the one who asks waits.
macro_rules! methods {
    ($then:ident) => {
        $then! {
            "Who asks, and what everybody in the account may know."
            plain session() -> Session;
            "Does something; the same key again does nothing twice."
            keyed act(deed: Deed) -> Receipt;
            "What stands against an act, as things are now."
            plain check(deed: Deed) -> ();
            "Things of the set-up, in their order."
            plain items(kind: ItemKind) -> Vec<Item>;
            "The names to which documents of the set-up refer."
            plain directory(mentions: Mentions) -> Directory;
            "How many tickets a condition is true of, and the latest of them."
            plain matching(when: Condition, limit: u32) -> (Count, Page<Ticket>);
            "Tickets as agents see them."
            plain tickets(ask: ListAsk) -> Page<Ticket>;
            "Requests as requesters see them."
            plain requests(ask: ListAsk) -> Page<Request>;
            "How many there are in each list."
            plain counts(sources: Vec<Source>) -> Vec<Count>;
            "A ticket with its newest comments."
            plain ticket(id: TicketId, comments: u32) -> Thread<Ticket>;
            "A request with its newest public comments."
            plain request(id: TicketId, comments: u32) -> Thread<Request>;
            "Earlier comments of a ticket."
            plain comments(ticket: TicketId, before: CommentId, limit: u32) -> Page<Comment>;
            "A ticket's history."
            plain audits(ticket: TicketId, after: i64, limit: u32) -> Page<Audit>;
            "How long a ticket took and how often it changed hands."
            plain metrics(ticket: TicketId) -> Metrics;
            "What was done to people, groups, organizations and settings."
            plain admin_log(ask: LogAsk) -> Page<Audit>;
            "A link that lets somebody set a password."
            keyed access_link(person: PersonId) -> AccessLink;
            "Sets a password."
            keyed set_password(person: PersonId, password: Secret) -> ();
            "Lets a program act for somebody."
            keyed add_token(person: PersonId) -> Secret;
            "What programs act for somebody with."
            plain tokens(person: PersonId) -> Vec<ApiToken>;
            "People."
            plain people(ask: PeopleAsk) -> Page<Person>;
            "One organization, by its number or its whole name."
            plain organization(which: OrganizationRef) -> Organization;
            "Organizations by name."
            plain organizations(text: String, after: Option<Cursor>, limit: u32) -> Page<Organization>;
            "Whether everybody of somebody's organization would read a public ticket of theirs."
            plain read_along(requester: PersonRef) -> bool;
            "A file of a comment."
            filed attachment(id: AttachmentId) -> Attachment;
            "How many tickets there were and how long they took."
            plain report(ask: ReportAsk) -> Reported;
            "What will happen by itself."
            plain forecast(until: Timestamp, limit: u32) -> Vec<DueTicket>;
            "What the one who asks was told."
            plain inbox(ask: InboxAsk) -> Page<Told>;
            "How much of it they have not read."
            plain unread() -> Count;
            "Marks notices as read."
            plain mark_read(ids: Option<Vec<i64>>) -> ();
            "What leaves the account or has left it."
            plain outbox(delivery: Option<Delivery>, after: Option<Cursor>, limit: u32) -> Page<Outgoing>;
            "Mails that came in and are nobody's."
            plain suspended(after: Option<Cursor>, limit: u32) -> Page<Suspended>;
            "One of them with its bytes."
            filed suspended_mail(id: i64) -> Suspended;
            "The last calls of a webhook."
            plain webhook_calls(webhook: WebhookId, after: Option<Cursor>, limit: u32) -> Page<Called>;
            "What a webhook signs with, and how it signs in."
            plain webhook_keys(webhook: WebhookId) -> WebhookKeys;
            "Calls a webhook now, with something that is a test."
            plain test_webhook(webhook: WebhookId) -> Called;
            "Tickets that were deleted and can be brought back."
            plain deleted_tickets(after: Option<Cursor>, limit: u32) -> Page<DeletedTicket>;
            "Does what is due by itself, or says what it would do."
            plain run_timers(at: Option<Timestamp>, dry_run: bool, after: Option<Cursor>) -> Page<Ran>;
            "Why a rule did something to a ticket, or did not."
            plain why(ticket: TicketId, rule: String) -> RuleWhy;
            "The rules that one can ask about."
            plain rules() -> Vec<RuleTitle>;
            "What a macro would do to some tickets."
            plain try_macro(tickets: Vec<TicketId>, which: RuleId) -> AppliedAll;
            "What something of the set-up would do."
            plain try_item(item: Item) -> Trial;
            "What has changed for the one who asks since a place in the news."
            heard news(after: Option<Cursor>, wait_ms: u32) -> News;
            "Says that one has a ticket open, or no longer, and tells who else has."
            plain present(ticket: TicketId, doing: Option<Doing>) -> (Vec<Present>, Names);
            "Lets happen what is due by itself by now."
            plain catch_up() -> u64;
        }
    };
}

pub(in crate::client) use methods;
