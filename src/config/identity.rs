//! The firm's legal identity: shown where it is given, never invented.

use clap::Args;

/// What the law asks the site to show and only the firm knows: never invented (R69–R74).
#[derive(Args, Clone, Debug, Default)]
pub struct LegalIdentity {
    /// Legal form of the firm, such as « SAS »
    #[arg(long, env = "RECLAMATIONS_LEGAL_FORM", value_name = "TEXT")]
    pub legal_form: Option<String>,
    /// Share capital
    #[arg(long, env = "RECLAMATIONS_CAPITAL", value_name = "TEXT")]
    pub capital: Option<String>,
    /// Registered office: address on one line
    #[arg(long, env = "RECLAMATIONS_REGISTERED_OFFICE", value_name = "TEXT")]
    pub registered_office: Option<String>,
    /// City and number in the trade register
    #[arg(long, env = "RECLAMATIONS_RCS", value_name = "TEXT")]
    pub rcs: Option<String>,
    /// VAT number
    #[arg(long, env = "RECLAMATIONS_VAT", value_name = "TEXT")]
    pub vat: Option<String>,
    /// ORIAS number and category
    #[arg(long, env = "RECLAMATIONS_ORIAS", value_name = "TEXT")]
    pub orias: Option<String>,
    /// Professional association of brokers the firm belongs to
    #[arg(long, env = "RECLAMATIONS_ASSOCIATION", value_name = "TEXT")]
    pub association: Option<String>,
    /// Insurer of the firm's professional liability: name, address, cover
    #[arg(long, env = "RECLAMATIONS_LIABILITY_INSURER", value_name = "TEXT")]
    pub liability_insurer: Option<String>,
    /// Director of publication
    #[arg(long, env = "RECLAMATIONS_DIRECTOR", value_name = "NAME")]
    pub director: Option<String>,
    /// Host of the site: name, address, phone
    #[arg(long, env = "RECLAMATIONS_HOST", value_name = "TEXT")]
    pub host: Option<String>,
    /// Phone of the firm
    #[arg(long, env = "RECLAMATIONS_PHONE", value_name = "TEXT")]
    pub phone: Option<String>,
    /// Contact of the data protection officer
    #[arg(long, env = "RECLAMATIONS_DPO", value_name = "TEXT")]
    pub dpo: Option<String>,
    /// ASCII alias of the complaints address, once its mailbox exists
    #[arg(long, env = "RECLAMATIONS_COMPLAINTS_ALIAS", value_name = "E-MAIL")]
    pub complaints_alias: Option<String>,
}

impl LegalIdentity {
    /// What was given, by the code of its setting in the back office.
    pub fn given(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("legal_form", &self.legal_form),
            ("capital", &self.capital),
            ("registered_office", &self.registered_office),
            ("rcs", &self.rcs),
            ("vat", &self.vat),
            ("orias", &self.orias),
            ("association", &self.association),
            ("liability_insurer", &self.liability_insurer),
            ("director", &self.director),
            ("host", &self.host),
            ("phone", &self.phone),
            ("dpo", &self.dpo),
            ("complaints_alias", &self.complaints_alias),
        ]
        .into_iter()
        .filter_map(|(code, value)| Some((code, value.as_deref()?)))
    }
}
