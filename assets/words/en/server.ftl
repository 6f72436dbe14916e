# What the REST API says beside what is said everywhere. Keys begin with server-.

server-no-field = There is no field "{ $name }".
server-no-operator = { $name } is not compared with "{ $operator }".
server-no-value = { $name } cannot be "{ $value }".
server-no-action = That is no action of this account.
server-mail-unreadable = That mail cannot be read. Throw it away, or look at its bytes.
server-job-completed = Completed at { $time }
server-job-failed = It came to no end, however often it was tried.
