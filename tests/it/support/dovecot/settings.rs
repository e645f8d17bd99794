//! The settings of the server, in the words of the Dovecot that is there.

use std::path::Path;
use std::process::Command;

use crate::support::authority::Authority;
use crate::support::dovecot::{PASSWORD, owner, program};

/// Its settings changed their words with 2.4.
struct Words {
    first: &'static str,
    storage: String,
    passwords: String,
    users: &'static str,
    in_clear: &'static str,
    certificate: [&'static str; 2],
}

/// Writes them.
pub(super) fn write(folder: &Path, port: u16, authority: Option<&Authority>) {
    let owner = owner();
    let group = nix::unistd::Group::from_gid(owner.gid)
        .unwrap()
        .unwrap()
        .name;
    let here = folder.display();
    let words = words(folder);
    let (tls, clear_port, tls_port) = match authority {
        None => (format!("ssl = no\n{}", words.in_clear), port, 0),
        Some(authority) => {
            let [certificate, key] = words.certificate;
            let files = (authority.certificate(), authority.key());
            let (file, of_key) = (files.0.display(), files.1.display());
            let tls = format!("ssl = required\n{certificate}{file}\n{key}{of_key}\n");
            (tls, 0, port)
        }
    };
    let Words {
        first,
        storage,
        passwords,
        users,
        ..
    } = words;
    let settings = format!(
        "{first}base_dir = {here}/run\nstate_dir = {here}/state\nlog_path = {here}/log\n\
         protocols = imap\nlisten = 127.0.0.1\n{tls}{storage}\
         mail_home = {here}/mail\nmail_uid = {user}\nmail_gid = {group}\nfirst_valid_uid = 1\nfirst_valid_gid = 0\n\
         default_internal_user = {user}\ndefault_login_user = {user}\ndefault_internal_group = {group}\n\
         {passwords}{users}\
         service anvil {{\n  chroot =\n}}\nservice imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {clear_port}\n  }}\n  inet_listener imaps {{\n    port = {tls_port}\n  }}\n}}\n\
         namespace inbox {{\n  inbox = yes\n  separator = .\n}}\n",
        user = owner.name,
    );
    std::fs::write(folder.join("dovecot.conf"), settings).unwrap();
}

fn words(folder: &Path) -> Words {
    let here = folder.display();
    if is_at_least_2_4() {
        Words {
            first: "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n",
            storage: format!("mail_driver = maildir\nmail_path = {here}/mail\n"),
            passwords: format!("passdb static {{\n  password = {PASSWORD}\n}}\n"),
            users: "userdb static {\n}\n",
            in_clear: "auth_allow_cleartext = yes\n",
            certificate: ["ssl_server_cert_file = ", "ssl_server_key_file = "],
        }
    } else {
        Words {
            first: "",
            storage: format!("mail_location = maildir:{here}/mail\n"),
            passwords: format!("passdb {{\n  driver = static\n  args = password={PASSWORD}\n}}\n"),
            users: "userdb {\n  driver = static\n}\n",
            in_clear: "",
            certificate: ["ssl_cert = <", "ssl_key = <"],
        }
    }
}

fn is_at_least_2_4() -> bool {
    let told = Command::new(program()).arg("--version").output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    let mut numbers = told
        .split(['.', ' '])
        .map_while(|part| part.parse::<u32>().ok());
    (numbers.next(), numbers.next()) >= (Some(2), Some(4))
}
