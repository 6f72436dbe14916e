# Words of the field, used by every area. Keys end in the name the value has in the REST API.

app-name = Guichet

status-new = New
status-open = Open
status-pending = Pending
status-hold = On-hold
status-solved = Solved
status-closed = Closed

priority-low = Low
priority-normal = Normal
priority-high = High
priority-urgent = Urgent

rating-offered = Offered, not given yet
rating-bad = Bad
rating-good = Good
rating-with-comment = { $score }: { $comment }

metric-reply = First answer
metric-first-resolution = First solved
metric-full-resolution = Last solved
metric-requester-wait = Requester waited
metric-agent-wait = Team waited
metric-on-hold = On hold
metric-minutes = { $calendar } min, { $business } in business hours
metric-not-yet = not yet
metric-replies = Answers
metric-reopens = Opened again
metric-assignees = Assignees
metric-groups = Groups
metric-initially-assigned = First assigned
metric-assigned = Assigned
metric-solved = Solved
metric-latest-comment = Last comment
metric-requester-updated = By its requester
metric-assignee-updated = By its assignee

type-question = Question
type-incident = Incident
type-problem = Problem
type-task = Task

role-end-user = end user
role-agent = agent
role-admin = admin

field-subject = Subject
field-description = Description
field-requester = Requester
field-submitter = Submitter
field-assignee = Assignee
field-group = Group
field-organization = Organization
field-ccs = CCs
field-followers = Followers
field-tags = Tags
field-status = Status
field-priority = Priority
field-kind = Kind
field-type = Type
field-problem = Problem
field-rating = Rating
field-due = Due
field-created = Created
field-updated = Updated
field-channel = Channel
field-comment = Comment
field-attachment = File
field-attachments = Files
field-file-name = File name
field-key = Key of the act
field-external-id = Number elsewhere
field-name = Name
field-email = Mail address
field-phone = Phone
field-role = Role
field-domains = Mail domains
field-language = Language
field-suspended = Suspended
field-shared-tickets = Shared requests
field-shared-comments = Shared answers
field-time-zone = Time zone
field-fields = Other fields
field-restriction = Tickets
field-away = Away
field-standing = Access
field-password = Password
field-token = Token
field-actions = Actions
field-profile = Notes of the team

channel-web = Guichet
channel-api = command line or API
channel-email = mail
channel-chat = chat
channel-rule = rule
channel-ticket_sharing = partner
channel-import = import
channel-closed_ticket = follow-up
channel-anonymous = without signing in

audience-public = public
audience-internal = internal note

count-tickets = { $count ->
    [one] { $count } ticket
   *[other] { $count } tickets
}

# In place of a text that was taken away for good
comment-erased = (erased)
person-away = away

## What a box holds
value-yes = yes
value-no = no
