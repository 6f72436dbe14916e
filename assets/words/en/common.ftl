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
field-due = Due
field-created = Created
field-updated = Updated
field-channel = Channel

audience-public = public
audience-internal = internal note

count-tickets = { $count ->
    [one] { $count } ticket
   *[other] { $count } tickets
}
count-requests = { $count ->
    [one] { $count } request
   *[other] { $count } requests
}
count-comments = { $count ->
    [one] { $count } comment
   *[other] { $count } comments
}
count-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
count-attachments = { $count ->
    [one] { $count } attachment
   *[other] { $count } attachments
}
