# The small pages that a browser shows: signing in, asking for access, choosing a password. Keys begin with page-.

page-email = Mail address
page-password = Password
page-name = Your name

## Letting a program act

page-sign-in = Sign in to { $account }
page-sign-in-why = A program wants to work at { $account } for you. It may do this: { $scope }.
page-sign-in-own = You started it yourself just now? Then sign in, and go back to it. If you did not, close this page.
page-sign-in-button = Sign in and let it
page-sign-in-wrong = The address and the password do not belong together, or there is no such access. Look at both and try again.
page-sign-in-often = This was tried too often. Wait a minute, then try again.
page-sign-in-forgotten = I have no password, or forgot it
page-sign-in-broken = This page was not opened in order
page-sign-in-broken-why = What the program asked for makes no sense: { $what }. Start signing in once more from the program.
page-code = You are signed in
page-code-why = Type or paste this code where the program asks for it. It is good for two minutes.

## The bare address

page-front = The help desk of { $account }
page-front-why = It is used from a terminal. With the program Guichet installed, type this there:
page-front-programs = What programs can ask for here

## Asking for access

page-access = Access to { $account }
page-access-why = A link with which you can choose a password is sent to your address.
page-access-button = Send me a link
page-access-sent = Look into your mail
page-access-sent-why = If this address can have access, a link is on its way to it.
page-access-bad-address = That is not a mail address. It looks like name@example.org.

## Choosing a password

page-password-new = Choose a password
page-password-new-why = For { $account }. At least { $min } characters, not all the same.
page-password-button = Set the password
page-password-set = Your password is set
page-password-set-why = You can sign in with it now. Whoever was signed in with the old one is signed out.
page-password-bad-link = This link was used already, or is too old. Ask for a new one.
