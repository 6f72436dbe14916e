# Webhooks: their calls, and what they are made with. Keys begin with webhook-.

webhook-took = Took
webhook-came = What came
webhook-said = What it said
webhook-is-test = test
webhook-ms = { $ms } ms

webhook-calls = Last calls
webhook-no-calls = It was not called yet.
webhook-calling = The webhook is called…
webhook-took-test = It took the test: { $came }.
webhook-refused-test = It did not take the test: { $came }.

## What came of a call
webhook-call-taken = taken ({ $status })
webhook-call-status = refused ({ $status })
webhook-call-redirect = sent elsewhere ({ $status }), which is not followed
webhook-call-bad-url = not called: the address is none
webhook-call-credentials-in-url = not called: the address names a user or a password
webhook-call-not-https = not called: the address is not https, and its host is not allowed
webhook-call-private-address = not called: it leads into a network of your own, and its host is not allowed
webhook-call-bad-header = not called: a header cannot be sent
webhook-call-unknown-host = nobody knows the host
webhook-call-connection = nobody takes the connection
webhook-call-tls = the connection is not safe: look at the certificate
webhook-call-timeout = no answer in time
webhook-call-broken-answer = no answer: the server hung up, or said something else
webhook-call-not-begun = this machine could not begin it

## Commands
webhook-tested = { $name } took the test: { $came }, { $ms } ms.
webhook-test-failed = { $name } did not take the test: { $came }. { $said }
    .hint = Look at its address, at how it signs in, and at the setting webhooks.allow_hosts if it is inside of your own network.
webhook-secret = { $name } signs its calls with this. Hand it to whoever checks them; nobody else needs it.
webhook-type-secret = Secret (not shown):{" "}
webhook-no-user = Basic wants a user.
    .hint = Say --for USER.
webhook-no-header = This wants a header.
    .hint = Say --for HEADER, such as --for X-Api-Key.
webhook-signs-in = { $way ->
    [bearer] { $name } signs in with a bearer token.
    [basic] { $name } signs in as { $named }.
    [header] { $name } signs in with the header { $named }.
   *[other] { $name } does not sign in.
}
webhook-flushed = { $sent ->
    [one] One call was taken.
   *[other] { $sent } calls were taken.
} { $later ->
    [0] {""}
    [one] One is made again later.
   *[other] { $later } are made again later.
} { $failed ->
    [0] {""}
    [one] One failed.
   *[other] { $failed } failed.
}
