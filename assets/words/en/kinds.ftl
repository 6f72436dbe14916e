# The four kinds of a new account: name in lists, title in the form, and when to choose it (R158-R162).

kind-critical = Critical
    .title = Critical / SEV
    .guidance = Needs an answer now: many customers hit and no way around it
    .help = An infrastructure outage, payments that fail, rentals that are impossible, or grave slowness.
kind-feature = Feature
    .title = Feature request
    .guidance = Something new, or feedback on what there is
    .help = A function that you miss, or what you think of one that you use.
kind-hardware = Hardware
    .title = Hardware issue
    .guidance = Something wrong with a device
    .help = Anything that one can touch: terminals, printers, locks, phones, computers.
kind-software = Software
    .title = Software issue
    .guidance = Something wrong with a program
    .help = An error, a wrong figure, a page that does not open.
