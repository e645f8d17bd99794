//! What a member of staff is: one role or several.

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{Array, Nullable, Text};

use crate::db::text_code;
use crate::staff::Right;

text_code! {
    /// What a member of staff is. The rights of each are in the table of [`Right`].
    pub enum Role {
        /// *Gestionnaire*: works cases.
        Handler => "handler",
        /// *Responsable*: also assigns and reads answers over.
        Supervisor => "supervisor",
        /// *Administrateur*: accounts and settings, no case.
        Administrator => "administrator",
        /// *Auditeur*: reads, and changes nothing.
        Auditor => "auditor",
    }
}

impl Role {
    /// Whether this role alone gives `right`.
    pub fn may(self, right: Right) -> bool {
        right.holders().contains(&self)
    }

    const fn bit(self) -> u8 {
        match self {
            Self::Handler => 1,
            Self::Supervisor => 2,
            Self::Administrator => 4,
            Self::Auditor => 8,
        }
    }
}

/// The roles of one account: a set, never empty. What one of them may do, the account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Array<Nullable<Text>>)]
pub struct Roles(u8);

impl Roles {
    /// Those of the first account: it must be able to make the others, and to do the work meanwhile.
    pub const FIRST: Self = Self(Role::Administrator.bit() | Role::Supervisor.bit());

    /// The set of these; none if there are none.
    pub fn of(roles: impl IntoIterator<Item = Role>) -> Option<Self> {
        let bits = roles.into_iter().fold(0, |bits, role| bits | role.bit());
        (bits != 0).then_some(Self(bits))
    }

    /// Each, in the order of [`Role::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Role> {
        let all = Role::ALL.iter().copied();
        all.filter(move |role| self.contains(*role))
    }

    /// Whether `role` is among them.
    pub const fn contains(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// Whether one of them gives `right`.
    pub fn may(self, right: Right) -> bool {
        self.iter().any(|role| role.may(right))
    }
}

impl From<Role> for Roles {
    fn from(role: Role) -> Self {
        Self(role.bit())
    }
}

impl ToSql<Array<Nullable<Text>>, Pg> for Roles {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let codes: Vec<Option<&str>> = self.iter().map(|role| Some(role.code())).collect();
        ToSql::<Array<Nullable<Text>>, Pg>::to_sql(&codes, &mut out.reborrow())
    }
}

impl FromSql<Array<Nullable<Text>>, Pg> for Roles {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        let roles: Vec<Option<Role>> = FromSql::<Array<Nullable<Text>>, Pg>::from_sql(bytes)?;
        Self::of(roles.into_iter().flatten()).ok_or_else(|| "an account without a role".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_roles_is_never_empty_and_knows_no_order() {
        assert_eq!(Roles::of([]), None);
        let both = Roles::of([Role::Administrator, Role::Supervisor, Role::Supervisor]);
        assert_eq!(both, Some(Roles::FIRST));
        assert!(
            Roles::FIRST
                .iter()
                .eq([Role::Supervisor, Role::Administrator])
        );
        assert!(Roles::from(Role::Auditor).iter().eq([Role::Auditor]));
    }

    #[test]
    fn combined_roles_may_what_either_may_and_nothing_more() {
        for one in Role::ALL {
            for other in Role::ALL {
                let both = Roles::of([*one, *other]).unwrap();
                for right in Right::ALL {
                    let either = one.may(*right) || other.may(*right);
                    assert_eq!(both.may(*right), either, "{one:?} {other:?} {right:?}");
                }
            }
        }
    }
}
