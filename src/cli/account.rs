//! `reclamations account`: adds, resets, disables, enables and lists the accounts of staff.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use chrono::TimeDelta;
use clap::{Args, Subcommand};
use url::Url;

use crate::cli::print;
use crate::clock::Clock;
use crate::config::Place;
use crate::db::{Conn, bootstrap};
use crate::installation::Installation;
use crate::journal::Actor;
use crate::staff::{
    self, AccountLine, AccountState, DisplayName, NewAccount, OneTimeLink, Role, Roles, StaffEmail,
};
use crate::web::urls;

#[derive(Debug, Subcommand)]
pub(super) enum AccountCommand {
    /// Adds an account and prints the one-time link of its owner
    Add {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        link: LinkArgs,
        /// Address that signs in
        #[arg(value_name = "E-MAIL", value_parser = StaffEmail::parse)]
        email: StaffEmail,
        /// First and last name, as answers show it
        #[arg(long, value_name = "NAME", value_parser = DisplayName::parse)]
        name: DisplayName,
        /// handler (gestionnaire), supervisor (responsable), administrator, auditor; can be given
        /// several times
        #[arg(long = "role", value_name = "ROLE", value_parser = parse_role, required = true)]
        roles: Vec<Role>,
    },
    /// Takes password and authenticator away, ends every session, prints a new one-time link
    Reset {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        link: LinkArgs,
        /// Address of the account
        #[arg(value_name = "E-MAIL", value_parser = StaffEmail::parse)]
        email: StaffEmail,
    },
    /// Disables an account and ends its sessions at once
    Disable {
        #[command(flatten)]
        place: Place,
        /// Address of the account
        #[arg(value_name = "E-MAIL", value_parser = StaffEmail::parse)]
        email: StaffEmail,
    },
    /// Lets a disabled account sign in again, with what it had
    Enable {
        #[command(flatten)]
        place: Place,
        /// Address of the account
        #[arg(value_name = "E-MAIL", value_parser = StaffEmail::parse)]
        email: StaffEmail,
    },
    /// Lists the accounts
    List(Place),
}

/// What a one-time link is made of.
#[derive(Args, Debug)]
pub(super) struct LinkArgs {
    /// Address of the site, with which the printed link begins
    #[arg(
        long,
        env = "RECLAMATIONS_PUBLIC_URL",
        default_value = "http://127.0.0.1:8080",
        value_name = "URL"
    )]
    public_url: Url,
    /// Hours the link works
    #[arg(
        long,
        env = "RECLAMATIONS_ACCOUNT_LINK_HOURS",
        default_value_t = 24,
        value_name = "HOURS"
    )]
    account_link_hours: u32,
}

impl LinkArgs {
    fn lifetime(&self) -> TimeDelta {
        TimeDelta::hours(self.account_link_hours.into())
    }

    fn print(&self, link: &OneTimeLink) -> anyhow::Result<()> {
        let site = self.public_url.as_str().trim_end_matches('/');
        let path = urls::staff_activation(link.token.expose());
        print(&format!(
            "Lien à usage unique, valable {}\u{a0}heures\u{202f}: {site}{path}",
            self.account_link_hours
        ))
    }
}

/// The code of a role, or its French name.
fn parse_role(typed: &str) -> Result<Role, String> {
    Role::ALL
        .iter()
        .copied()
        .find(|role| [role.code(), french(*role)].contains(&typed))
        .ok_or_else(|| {
            let codes: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
            format!("give one of: {}", codes.join(", "))
        })
}

const fn french(role: Role) -> &'static str {
    match role {
        Role::Handler => "gestionnaire",
        Role::Supervisor => "responsable",
        Role::Administrator => "administrateur",
        Role::Auditor => "auditeur",
    }
}

/// How long to wait for the database.
const WAIT: Duration = Duration::from_secs(10);

pub(super) async fn run(command: AccountCommand) -> anyhow::Result<ExitCode> {
    let installation = Installation::open(command.place()).await?;
    let done = act(&installation, command).await;
    installation.close().await?;
    done.map(|()| ExitCode::SUCCESS)
}

impl AccountCommand {
    const fn place(&self) -> &Place {
        match self {
            Self::Add { place, .. }
            | Self::Reset { place, .. }
            | Self::Disable { place, .. }
            | Self::Enable { place, .. }
            | Self::List(place) => place,
        }
    }
}

async fn act(installation: &Installation, command: AccountCommand) -> anyhow::Result<()> {
    bootstrap::prepare(installation.url()).await?;
    let pool = installation.pool(WAIT)?;
    let mut conn = pool.get().await?;
    let (actor, at) = (Actor::Operator, Clock::System.now());
    match command {
        AccountCommand::Add {
            link,
            email,
            name,
            roles,
            ..
        } => {
            let roles = Roles::of(roles).context("give a role")?;
            let new = NewAccount { email, name, roles };
            let made = staff::add(&mut conn, &new, link.lifetime(), actor, at).await?;
            link.print(&made)
        }
        AccountCommand::Reset { link, email, .. } => {
            let target = staff::id_of(&mut conn, &email).await?.into();
            let made = staff::reset(&mut conn, target, link.lifetime(), actor, at).await?;
            link.print(&made)
        }
        AccountCommand::Disable { email, .. } => {
            let target = staff::id_of(&mut conn, &email).await?.into();
            staff::disable(&mut conn, target, actor, at).await?;
            print("Compte désactivé, sessions fermées.")
        }
        AccountCommand::Enable { email, .. } => {
            let target = staff::id_of(&mut conn, &email).await?.into();
            staff::enable(&mut conn, target, actor, at).await?;
            print("Compte réactivé.")
        }
        AccountCommand::List(_) => list(&mut conn).await,
    }
}

async fn list(conn: &mut Conn) -> anyhow::Result<()> {
    let accounts = staff::list(conn).await?;
    if accounts.is_empty() {
        bail!(
            "no account yet: `reclamations` prints the first administrator's link when it starts"
        );
    }
    for account in accounts {
        print(&line(&account))?;
    }
    Ok(())
}

/// One account a line, fields apart by tabs: id, address, name, roles with commas, state.
fn line(account: &AccountLine) -> String {
    let state = match account.state {
        AccountState::Pending => "à activer",
        AccountState::Enrolled => "actif",
        AccountState::Disabled => "désactivé",
    };
    // The first administrator has neither address nor name before enrolment.
    let (email, name) = account
        .email
        .as_deref()
        .map_or(("-", "-"), |email| (email, account.display_name.as_str()));
    let roles: Vec<&str> = account.roles.iter().map(french).collect();
    let roles = roles.join(",");
    let fields = [email, name, &roles, state];
    format!("{}\t{}", account.id.0, fields.join("\t"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staff::StaffId;

    #[test]
    fn a_role_has_two_names() {
        for role in Role::ALL {
            assert_eq!(parse_role(role.code()), Ok(*role));
            assert_eq!(parse_role(french(*role)), Ok(*role));
        }
        assert!(
            parse_role("boss")
                .unwrap_err()
                .contains("handler, supervisor")
        );
    }

    #[test]
    fn an_account_is_one_line_of_five_fields() {
        let mut account = AccountLine {
            id: StaffId(7),
            email: Some("a@example.org".to_owned()),
            display_name: "Alix Petit".to_owned(),
            roles: Role::Handler.into(),
            state: AccountState::Enrolled,
            blocked_until: None,
            version: 1,
        };
        assert_eq!(
            line(&account),
            "7\ta@example.org\tAlix Petit\tgestionnaire\tactif"
        );
        account.email = None;
        account.roles = Roles::FIRST;
        assert_eq!(line(&account), "7\t-\t-\tresponsable,administrateur\tactif");
    }
}
