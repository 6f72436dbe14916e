# The four kinds of a new account: name in lists, as long as the account calls them by the title that they began with
# (R158-R162). Everything else that is said of kinds stands in the account.

kind-critical = Critical
    .title = Critical / SEV
kind-feature = Feature
    .title = Feature request
kind-hardware = Hardware
    .title = Hardware issue
kind-software = Software
    .title = Software issue
