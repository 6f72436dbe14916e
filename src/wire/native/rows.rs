//! The tables' own language: a row is a type with the names of its fields or variants.

/// Structs, each with all its fields: `Ticket { id, subject, … }`. Without one of them it does not build.
macro_rules! structs {
    ($($type:ident $(<$param:ident>)? { $($key:ident),+ $(,)? })+) => {$(
        impl $(<$param: $crate::wire::native::Travels>)? $crate::wire::native::Travels for $type $(<$param>)? {
            fn pack(self) -> serde_json::Value {
                let Self { $($key),+ } = self;
                $crate::wire::native::object([
                    $((stringify!($key), $crate::wire::native::Travels::pack_key($key))),+
                ])
            }

            fn unpack(json: serde_json::Value) -> Result<Self, $crate::wire::native::Trouble> {
                let mut parts = $crate::wire::native::Parts::of(json)?;
                Ok(Self { $($key: parts.take(stringify!($key))?),+ })
            }

            fn shape(shapes: &mut $crate::wire::native::Shapes) -> serde_json::Value {
                let name = stringify!($type).to_owned()
                    $(+ &$crate::wire::native::Shapes::name(&<$param>::shape(shapes)))?;
                shapes.define(name, |shapes| {
                    $crate::wire::native::Shapes::object([
                        $((stringify!($key), shapes.key(|of: &Self| Some(&of.$key)))),+
                    ])
                })
            }
        }
    )+};
}

/// Enums, each with all its variants: `Deed { DeleteItem(key), RunAutomations { ticket }, … }`. What stands in parentheses
/// is a name for the place, no more.
macro_rules! enums {
    ($($type:ident { $($variant:ident $(($($item:ident),+))? $({ $($key:ident),+ $(,)? })?),+ $(,)? })+) => {$(
        impl $crate::wire::native::Travels for $type {
            fn pack(self) -> serde_json::Value {
                match self {
                    $(Self::$variant $(($($item),+))? $({ $($key),+ })? => $crate::wire::native::tagged(
                        stringify!($variant),
                        $crate::wire::native::packed!($(($($item),+))? $({ $($key),+ })?),
                    )),+
                }
            }

            fn unpack(json: serde_json::Value) -> Result<Self, $crate::wire::native::Trouble> {
                let (name, payload) = $crate::wire::native::opened(json)?;
                $(if name == $crate::wire::native::snake(stringify!($variant)) {
                    let make = |payload: Option<serde_json::Value>| {
                        $crate::wire::native::unpacked!(payload, $variant $(($($item),+))? $({ $($key),+ })?)
                    };
                    return make(payload).map_err(|trouble: $crate::wire::native::Trouble| trouble.under(&name));
                })+
                Err($crate::wire::native::Trouble::new("has a name that is not known here"))
            }

            #[allow(unused_variables, reason = "each item of a variant is looked at by itself")]
            fn shape(shapes: &mut $crate::wire::native::Shapes) -> serde_json::Value {
                shapes.define(stringify!($type).to_owned(), |shapes| {
                    $crate::wire::native::Shapes::one_of([
                        $((
                            $crate::wire::native::snake(stringify!($variant)),
                            $crate::wire::native::variant_shape!(
                                shapes, $variant
                                $(($($item),+) [$($item),+])?
                                $({ $($key),+ } [$($key),+])?
                            ),
                        )),+
                    ])
                })
            }
        }
    )+};
}

/// What a variant has, as JSON.
macro_rules! packed {
    () => {
        None
    };
    (($item:ident)) => {
        Some($crate::wire::native::Travels::pack($item))
    };
    (($($item:ident),+)) => {
        Some(serde_json::Value::Array(vec![$($crate::wire::native::Travels::pack($item)),+]))
    };
    ({ $($key:ident),+ }) => {
        Some($crate::wire::native::object([
            $((stringify!($key), $crate::wire::native::Travels::pack_key($key))),+
        ]))
    };
}

/// A variant from what it has.
macro_rules! unpacked {
    ($payload:ident, $variant:ident) => {{
        // What a newer peer says besides is passed over.
        _ = $payload;
        Ok(Self::$variant)
    }};
    ($payload:ident, $variant:ident ($item:ident)) => {
        $crate::wire::native::Travels::unpack_key($payload).map(Self::$variant)
    };
    ($payload:ident, $variant:ident ($($item:ident),+)) => {{
        let mut items = $crate::wire::native::items($payload.unwrap_or_default())?;
        $(let $item = $crate::wire::native::Travels::unpack_key(items.next())
            .map_err(|trouble: $crate::wire::native::Trouble| trouble.under(stringify!($item)))?;)+
        Ok(Self::$variant($($item),+))
    }};
    ($payload:ident, $variant:ident { $($key:ident),+ }) => {{
        let mut parts = $crate::wire::native::Parts::of($payload.unwrap_or_default())?;
        Ok(Self::$variant { $($key: parts.take(stringify!($key))?),+ })
    }};
}

/// The schema of what a variant has.
macro_rules! variant_shape {
    ($shapes:ident, $variant:ident) => {
        None
    };
    ($shapes:ident, $variant:ident ($one:ident) [$item:ident]) => {
        Some($shapes.key(|of: &Self| if let Self::$variant($one) = of { Some($item) } else { None }).0)
    };
    ($shapes:ident, $variant:ident $all:tt [$($item:ident),+]) => {{
        let items = [$((
            stringify!($item),
            $shapes.key(|of: &Self| if let Self::$variant $all = of { Some($item) } else { None }),
        )),+];
        Some($crate::wire::native::variant_shape!(@ $all items))
    }};
    (@ { $($key:ident),+ } $items:ident) => {
        $crate::wire::native::Shapes::object($items)
    };
    (@ ($($item:ident),+) $items:ident) => {
        $crate::wire::native::Shapes::list($items)
    };
}

pub(crate) use {enums, packed, structs, unpacked, variant_shape};
