//! THE TABLE of commands. Keys, the bottom line's hints, `?` help, the palette and `docs/keys.md` all come from it.
//! To add a command: one row here, its words (`command-NAME`, and `hint-NAME` if it has a hint) in `tui.ftl`.

mod scope;

pub use scope::Scope;

use crate::client::Capability;

/// Who is offered a command. What somebody may really do the domain decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// End users, agents and admins.
    Everybody,
    /// Agents and admins.
    Staff,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// What it sends to the screen.
    pub command: Command,
    /// Kebab-case imperative: palette, key configuration, docs.
    pub name: &'static str,
    /// Default keys, each a key or a sequence with spaces.
    pub keys: &'static [&'static str],
    /// Where its keys work.
    pub scope: Scope,
    /// Who is offered it.
    pub who: Who,
    /// Its place among the bottom line's hints, the most needed first; 0: none.
    pub hint: u8,
}

macro_rules! commands {
    ($($command:ident $name:literal [$($key:literal)*] $scope:ident $who:ident $hint:literal;)+) => {
        /// Something that a key or the palette can ask of a screen.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command {
            $(#[doc = $name] $command,)+
        }

        /// Every command.
        pub const TABLE: &[Row] = &[
            $(Row {
                command: Command::$command,
                name: $name,
                keys: &[$($key),*],
                scope: Scope::$scope,
                who: Who::$who,
                hint: $hint,
            },)+
        ];
    };
}

commands! {
    NewRequest "new-request" ["c"] Ticket Everybody 10;
    NewTicketFor "new-ticket-for-requester" ["C"] Ticket Staff 0;
    Reply "reply" ["r"] Ticket Everybody 11;
    Note "note" ["i"] Ticket Staff 12;
    ChooseStatus "choose-status" ["s"] Ticket Everybody 30;
    ChooseAssignee "choose-assignee" ["a"] Ticket Staff 31;
    AssignToMe "assign-to-me" ["A"] Ticket Staff 0;
    ChooseGroup "choose-group" ["ctrl-g"] Ticket Staff 0;
    ChoosePriority "choose-priority" ["p"] Ticket Staff 32;
    ChooseTags "choose-tags" ["t"] Ticket Staff 33;
    ChooseCcs "choose-ccs" ["w"] Ticket Everybody 0;
    ChooseFollowers "choose-followers" ["W"] Ticket Staff 0;
    ChooseKind "choose-kind" ["T"] Ticket Staff 0;
    ChooseType "choose-type" ["Q"] Ticket Staff 0;
    ChooseProblem "choose-problem" ["P"] Ticket Staff 0;
    ShowIncidents "show-incidents" ["L"] Ticket Staff 0;
    Rate "rate" ["z"] Ticket Everybody 0;
    ChooseDue "choose-due-date" [] Ticket Staff 0;
    EditFields "edit-fields" ["e"] Ticket Everybody 54;
    ApplyMacro "apply-macro" ["R"] Ticket Staff 53;
    Why "why" ["H"] Ticket Staff 60;
    ShowHistory "show-history" ["h"] Ticket Staff 40;
    CopyNumber "copy-number" ["y"] Ticket Everybody 0;
    CopyLink "copy-link" ["Y"] Ticket Everybody 0;
    OpenLink "open-link" ["o"] Ticket Everybody 0;
    FollowUp "follow-up" ["F"] Ticket Everybody 0;
    Merge "merge" ["m"] Ticket Staff 0;
    DeleteTicket "delete-ticket" ["#"] Ticket Staff 0;
    MarkSpam "mark-as-spam" ["!"] Ticket Staff 0;
    Undo "undo" ["u"] Ticket Staff 0;
    Search "search" ["/"] Ticket Everybody 52;

    Down "move-down" ["j" "down"] List Everybody 0;
    Up "move-up" ["k" "up"] List Everybody 0;
    First "go-to-first" ["g g" "home"] List Everybody 0;
    Last "go-to-last" ["G" "end"] List Everybody 0;
    HalfPageDown "half-page-down" ["ctrl-d"] List Everybody 0;
    HalfPageUp "half-page-up" ["ctrl-u"] List Everybody 0;
    PageDown "page-down" ["pagedown"] List Everybody 0;
    PageUp "page-up" ["pageup"] List Everybody 0;

    Open "open" ["enter"] Rows Everybody 20;
    Mark "mark" ["space"] Rows Everybody 0;
    MarkRange "mark-range" ["v"] Rows Everybody 0;
    MarkAll "mark-all" ["V"] Rows Everybody 0;
    Sort "sort" ["S"] Rows Everybody 0;
    Narrow "narrow" ["f"] Rows Everybody 51;

    NextTab "next-tab" ["tab" "]"] Tabs Everybody 21;
    PreviousTab "previous-tab" ["shift-tab" "["] Tabs Everybody 0;
    GoToTab "go-to-tab" ["1" "2" "3" "4" "5" "6" "7" "8" "9"] Tabs Everybody 0;
    RenameView "rename-view" [] Tabs Staff 0;
    HideView "hide-view" [] Tabs Staff 0;
    DeleteView "delete-view" [] Tabs Staff 0;

    NextTicket "next-ticket" ["J"] Reading Everybody 0;
    PreviousTicket "previous-ticket" ["K"] Reading Everybody 0;
    ToggleDetails "toggle-details" ["d"] Reading Everybody 41;
    SaveFile "save-file" ["x"] Reading Everybody 0;
    MakeNote "turn-into-note" ["N"] Reading Staff 61;
    Redact "redact" ["X"] Reading Staff 0;

    NextHit "next-hit" ["n"] Hits Everybody 22;
    PreviousHit "previous-hit" ["N"] Hits Everybody 0;
    SaveView "save-as-view" [] Hits Staff 0;

    Send "send" ["ctrl-s"] Writing Everybody 1;
    SendOpen "send-as-open" ["alt-s o"] Writing Staff 0;
    SendPending "send-as-pending" ["alt-s p"] Writing Staff 0;
    SendHold "send-as-on-hold" ["alt-s h"] Writing Staff 0;
    SendSolved "send-as-solved" ["alt-s s"] Writing Everybody 3;
    ToggleAudience "toggle-audience" ["ctrl-t"] Writing Staff 4;
    WriteInEditor "write-in-editor" ["alt-e"] Writing Everybody 5;
    Attach "attach" ["alt-a"] Writing Everybody 6;
    Quote "quote" ["alt-q"] Writing Everybody 7;
    InsertMacro "insert-macro" ["alt-r"] Writing Staff 0;
    DropMacro "take-macro-back" ["alt-z"] Writing Staff 0;
    DropDraft "drop-draft" ["alt-x"] Writing Everybody 0;
    LeaveWriting "leave" ["esc"] Writing Everybody 2;

    NextField "next-field" ["tab"] Form Everybody 2;
    PreviousField "previous-field" ["shift-tab"] Form Everybody 0;
    Submit "submit" ["ctrl-s"] Form Everybody 1;
    TogglePrivate "toggle-private" ["ctrl-t"] Form Staff 4;
    EditDescription "edit-description" ["alt-e"] Form Everybody 5;
    AttachFile "attach-file" ["alt-a"] Form Everybody 6;
    ToggleMore "toggle-optional-fields" ["alt-o"] Form Everybody 7;
    SubmitNew "submit-as-new" ["alt-s n"] Form Staff 0;
    SubmitOpen "submit-as-open" ["alt-s o"] Form Staff 0;
    SubmitPending "submit-as-pending" ["alt-s p"] Form Staff 0;
    SubmitHold "submit-as-on-hold" ["alt-s h"] Form Staff 0;
    SubmitSolved "submit-as-solved" ["alt-s s"] Form Staff 0;
    DropRequest "drop-request" ["alt-x"] Form Everybody 0;
    LeaveForm "leave-form" ["esc"] Form Everybody 3;

    TakeKind "take-kind" ["enter"] Offer Everybody 1;

    OpenSubmitted "open-submitted" ["enter"] Done Everybody 1;
    SubmitAnother "submit-another" ["c"] Done Everybody 2;

    AcceptLine "accept" ["enter"] Line Everybody 1;
    NextRow "next-row" ["down" "ctrl-n"] Line Everybody 2;
    PreviousRow "previous-row" ["up" "ctrl-p"] Line Everybody 0;
    LeaveLine "cancel" ["esc"] Line Everybody 3;

    OpenHit "open-hit" ["enter"] Seeking Everybody 1;
    GoToHits "go-to-hits" ["tab"] Seeking Everybody 2;
    NextFound "next-found" ["down" "ctrl-n"] Seeking Everybody 0;
    PreviousFound "previous-found" ["up" "ctrl-p"] Seeking Everybody 0;
    LeaveSearch "leave-search" ["esc"] Seeking Everybody 3;

    SaveFields "save-fields" ["ctrl-s"] OwnFields Everybody 1;
    NextOwn "next-own-field" ["tab"] OwnFields Everybody 2;
    PreviousOwn "previous-own-field" ["shift-tab"] OwnFields Everybody 0;
    LeaveFields "leave-fields" ["esc"] OwnFields Everybody 3;

    Choose "choose" ["enter"] Picking Everybody 1;
    ToggleChoice "toggle-choice" ["tab"] Several Everybody 2;

    NextChoice "next-choice" ["down" "ctrl-n"] Picking Everybody 0;
    PreviousChoice "previous-choice" ["up" "ctrl-p"] Picking Everybody 0;
    LeavePicker "leave-picker" ["esc"] Picking Everybody 3;

    Yes "yes" ["y"] Asking Everybody 1;
    No "no" ["n" "esc" "q"] Asking Everybody 2;

    OpenNotice "open-notice" ["enter"] Inbox Everybody 1;
    MarkRead "mark-read" ["space"] Inbox Everybody 2;
    MarkAllRead "mark-all-read" ["V"] Inbox Everybody 3;

    ReadMail "read-mail" ["enter"] Mails Staff 1;
    TakeMail "take-mail" ["c"] Mails Staff 2;
    NoteMail "note-mail" ["i"] Mails Staff 3;
    DropMail "drop-mail" ["d"] Mails Staff 4;

    RestoreTicket "restore-ticket" ["enter" "r"] Deleted Staff 1;
    PurgeTicket "delete-for-good" ["d"] Deleted Staff 2;

    OpenComing "open-coming" ["enter"] Coming Staff 1;

    OpenCall "open-call" ["enter"] Calls Staff 1;
    GoThere "go-there" ["enter"] Accounts Everybody 1;
    TestWebhook "test-webhook" ["t"] Calls Staff 2;

    OpenPage "open-page" ["enter"] Pages Staff 1;

    ChangeSetting "change-setting" ["enter"] Settings Staff 1;

    OpenThing "open-thing" ["enter"] Setup Staff 1;
    NewThing "new-thing" ["c"] Setup Staff 2;
    SwitchThing "switch-on-or-off" ["space" "x"] Setup Staff 3;
    DeleteThing "delete-thing" ["d"] Setup Staff 5;
    DuplicateThing "duplicate-thing" ["y"] Setup Staff 8;
    Preview "preview" ["p"] Setup Staff 6;
    MoveThingDown "move-thing-down" ["J" "alt-down"] Setup Staff 4;
    MoveThingUp "move-thing-up" ["K" "alt-up"] Setup Staff 9;

    FindThing "find-thing" ["f" "/"] Setup Staff 7;
    ShowCalls "show-calls" ["o"] Setup Staff 10;

    EditPerson "edit-person" ["e"] Person Staff 1;
    NewTicketForPerson "new-ticket-for-person" ["c" "C"] Person Staff 2;
    TheirRequests "show-their-requests" ["t"] Person Staff 3;
    SwitchPerson "suspend-or-let-in" ["x"] Person Staff 4;
    AccessLink "make-access-link" ["p"] Person Staff 5;
    MergePerson "merge-person" ["m"] Person Staff 6;
    DeletePerson "delete-person" ["d"] Person Staff 7;
    PersonFields "edit-their-fields" ["o"] Person Staff 8;
    AwayOrBack "away-or-back" ["w"] Person Staff 9;
    TheirTickets "show-their-tickets" ["T"] Person Staff 0;
    ApprovePerson "let-in-who-asked" ["a"] Person Staff 0;
    ErasePerson "erase-person" ["X"] Person Staff 10;

    OpenMember "open-member" ["enter"] Members Staff 1;
    AddMember "add-member" ["c"] Members Staff 2;
    RemoveMember "remove-member" ["d"] Members Staff 3;
    EditThis "edit-this" ["e"] Members Staff 4;
    ThisFields "edit-its-fields" ["o"] Members Staff 5;
    TheseTickets "show-its-tickets" ["t"] Members Staff 6;

    CopyAccessLink "copy-access-link" ["y"] Link Staff 1;
    LeaveLink "leave-access-link" ["esc" "q" "enter"] Link Staff 2;

    SaveThing "save" ["ctrl-s"] Filling Staff 1;
    LeaveFilling "leave-filling" ["esc"] Filling Staff 2;
    NextKey "next-line" ["tab"] Filling Staff 3;
    PreviousKey "previous-line" ["shift-tab"] Filling Staff 0;
    ChooseValue "choose-value" ["alt-c"] Filling Staff 4;
    EditAsToml "edit-as-toml" ["alt-e"] Filling Staff 5;
    PreviewFilled "preview-filled" ["alt-p"] Filling Staff 6;
    DropForm "drop-form" ["alt-x"] Filling Staff 7;

    ClockNext "move-clock-to-next" ["n"] Lab Everybody 1;
    ClockHour "move-clock-an-hour" ["h"] Lab Everybody 2;
    ClockDay "move-clock-a-day" ["d"] Lab Everybody 3;
    ClockWeek "move-clock-a-week" ["w"] Lab Everybody 4;
    OpenCounted "open-counted" ["enter"] Report Staff 1;
    NextDimension "count-by-next" ["right" "l"] Report Staff 2;
    PreviousDimension "count-by-previous" ["left" "h"] Report Staff 0;
    NextMeasure "next-number" ["tab" "m"] Report Staff 3;
    LongerPeriod "longer-period" ["+" "p"] Report Staff 4;
    ShorterPeriod "shorter-period" ["-" "P"] Report Staff 5;
    EarlierPeriod "earlier-period" ["<" ","] Report Staff 6;
    LaterPeriod "later-period" [">" "."] Report Staff 7;

    Back "back" ["q" "esc"] Browsing Everybody 80;
    Refresh "refresh" ["ctrl-r" "f5"] Browsing Everybody 0;
    MyActivities "my-activities" ["M"] Browsing Everybody 0;
    Admin "admin" ["g a"] Browsing Staff 0;
    People "show-people" ["g p"] Browsing Staff 0;
    Organizations "show-organizations" ["g o"] Browsing Staff 0;
    ShowReport "show-report" ["g r"] Browsing Staff 0;
    ShowForecast "show-forecast" ["g f"] Browsing Staff 0;
    ShowMails "show-suspended-mails" ["g m"] Browsing Staff 0;
    ShowDeleted "show-deleted-tickets" ["g d"] Browsing Staff 0;
    ShowAccounts "show-accounts" ["g e"] Browsing Everybody 0;
    ShowDrafts "show-drafts" ["D"] Browsing Everybody 0;
    ShowInbox "show-inbox" ["I"] Browsing Everybody 0;
    ShowError "show-error" ["E"] Browsing Everybody 0;
    Palette "open-palette" [":" "ctrl-p"] Browsing Everybody 90;
    Help "help" ["?"] Browsing Everybody 91;

    Lab "open-lab" ["g c"] Browsing Everybody 0;
    Become "become-somebody-else" [] Browsing Everybody 0;
    HelpWhileTyping "help-while-typing" ["f1"] Always Everybody 91;
    ToggleMouse "toggle-mouse" ["alt-m"] Always Everybody 0;
    Redraw "redraw" ["ctrl-l"] Always Everybody 0;
    Suspend "suspend" ["ctrl-z"] Always Everybody 0;
    Quit "quit" ["ctrl-c"] Always Everybody 92;
}

impl Command {
    /// By how many lines it moves a window of that height over a text, down being more; none where it moves nothing. Half
    /// pages and pages leave at least a line in sight.
    pub fn moves(self, height: usize) -> Option<isize> {
        let page = isize::try_from(height).unwrap_or(1).max(2);
        Some(match self {
            Self::Down => 1,
            Self::Up => -1,
            Self::HalfPageDown => page / 2,
            Self::HalfPageUp => -page / 2,
            Self::PageDown => page - 1,
            Self::PageUp => 1 - page,
            Self::First => isize::MIN,
            Self::Last => isize::MAX,
            _ => return None,
        })
    }

    /// Its row of the table.
    pub fn row(self) -> &'static Row {
        // The macro makes variants and rows in the same order, one each.
        &TABLE[self as usize]
    }

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// What an account must be able to do for it.
    pub const fn needs(self) -> Option<Capability> {
        Some(match self {
            Self::ShowReport => Capability::Reports,
            Self::ShowForecast => Capability::Forecasts,
            Self::ShowInbox => Capability::Inbox,
            Self::Why => Capability::Why,
            Self::Preview | Self::PreviewFilled => Capability::Trials,
            Self::Admin
            | Self::NewThing
            | Self::SwitchThing
            | Self::DeleteThing
            | Self::DuplicateThing
            | Self::MoveThingUp
            | Self::MoveThingDown
            | Self::SaveView
            | Self::RenameView
            | Self::HideView
            | Self::DeleteView => Capability::SetUp,
            Self::AccessLink => Capability::AccessLinks,
            Self::ApprovePerson => Capability::Admission,
            Self::ErasePerson => Capability::Erasure,
            Self::AwayOrBack => Capability::Away,
            Self::ShowCalls | Self::OpenCall | Self::TestWebhook => Capability::Webhooks,
            Self::ReadMail | Self::NoteMail => Capability::Mails,
            _ => return None,
        })
    }

    /// Whether it shows all keys: one where letters are text, the other where they are keys.
    pub const fn is_help(self) -> bool {
        matches!(self, Self::Help | Self::HelpWhileTyping)
    }

    /// The command of that name.
    pub fn parse(name: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.name == name).map(|row| row.command)
    }
}
