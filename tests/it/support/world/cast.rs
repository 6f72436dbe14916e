//! Who and what has a name in the small world of rules.

use guichet::domain::id::{GroupId, KindId, OrganizationId, PersonId, TicketId};
use guichet::domain::time::Timestamp;

/// An end user of Shop, whose people see each other's requests.
pub const LEA: PersonId = PersonId(1);
/// Her colleague.
pub const TOM: PersonId = PersonId(2);
/// An end user of Bike, whose people do not.
pub const NIL: PersonId = PersonId(3);
/// His colleague.
pub const UMA: PersonId = PersonId(4);
/// An end user who belongs nowhere.
pub const ZOE: PersonId = PersonId(5);
/// An agent in Ops.
pub const MARC: PersonId = PersonId(11);
/// An agent in Field.
pub const INES: PersonId = PersonId(12);
/// An agent in no group, who works everywhere.
pub const OTTO: PersonId = PersonId(13);
/// The admin, in Ops.
pub const ANA: PersonId = PersonId(21);
/// A suspended end user of Shop.
pub const SAM: PersonId = PersonId(31);
/// A suspended agent in Ops.
pub const EVE: PersonId = PersonId(32);
/// Nobody.
pub const NOBODY: PersonId = PersonId(99);

pub const END_USERS: [PersonId; 5] = [LEA, TOM, NIL, UMA, ZOE];
pub const STAFF: [PersonId; 4] = [MARC, INES, OTTO, ANA];
pub const EVERYBODY: [PersonId; 11] = [LEA, TOM, NIL, UMA, ZOE, MARC, INES, OTTO, ANA, SAM, EVE];

pub const SHOP: OrganizationId = OrganizationId(1);
pub const BIKE: OrganizationId = OrganizationId(2);
/// The account's default group, as Support Ops is.
pub const OPS: GroupId = GroupId(1);
pub const FIELD: GroupId = GroupId(2);
pub const CRITICAL: KindId = KindId(1);
pub const FEATURE: KindId = KindId(2);
pub const HARDWARE: KindId = KindId(3);
pub const SOFTWARE: KindId = KindId(4);

/// The ticket that rows are about.
pub const T: TicketId = TicketId(1);
/// No ticket.
pub const MISSING: TicketId = TicketId(99);
/// When everything happens.
pub const NOW: Timestamp = Timestamp(1_795_344_150_000);
