//! What each kind of letter says, as a reader finds it in the PDF.

use super::samples;
use crate::support::pdf;

#[test]
fn acknowledgement() {
    // The mediator's block is that of the copy.
    let text = pdf::text(&samples::acknowledgement().set().unwrap().pdf);
    let until_the_mediator = text.split("\nLe médiateur\n").next().unwrap();
    let ends_with = "Si vous n’êtes pas à l’origine de cette réclamation, écrivez-le-nous : nos \
                     coordonnées sont en tête de cette lettre.";
    assert!(pdf::flat(&samples::acknowledgement().set().unwrap().pdf).contains(ends_with));
    insta::assert_snapshot!(until_the_mediator, @r"
    Asekkey
    Service Réclamations
    10 rue de Penthièvre
    75008 Paris
    Réclamation@asekkey.fr
    Jeanne Martin
    Bâtiment B
    12 rue des Lilas
    69003 Lyon
    Référence : ASK-2026-000123-T
    Paris, le 4 mai 2026
    Objet : accusé de réception de votre réclamation
    Madame, Monsieur,
    Nous avons bien reçu votre réclamation : cette lettre en est l’accusé de réception.
    Reçue le
    Date d’envoi retenue
    Service chargé de votre dossier
    2 mai 2026
    30 avril 2026
    Service Réclamations d’Asekkey
    Ce qui va se passer
    – Au plus tard le 30 juin 2026 : notre réponse motivée, par écrit.
    Règle : 2 mois, de date à date.
    – À partir du 29 juin 2026, et jusqu’au 30 avril 2027 : le recours gratuit au médiateur, si aucune solution
    n’est trouvée ou si un désaccord persiste.
    Règle : 2 mois, de date à date.
    Nous écrire, suivre votre dossier
    – Par courrier, à l’adresse en tête de cette lettre, ou par courriel à Réclamation@asekkey.fr : rappelez
    votre référence, ASK-2026-000123-T.
    – En ligne, sur https://reclamations.example.org/suivi : il vous faudra votre référence et votre code
    d’accès. La page dit comment en obtenir un autre.
    Asekkey, courtage d’assurances – SAS – RCS Paris 123 456 789
    Sous le contrôle de l’ACPR, 4 place de Budapest, CS 92459, 75436 Paris Cedex 09
    1/2
    Asekkey
    ASK-2026-000123-T
    ");
}

#[test]
fn receipt() {
    let text = pdf::text(&samples::receipt().set().unwrap().pdf);
    insta::assert_snapshot!(text, @r"
    Asekkey
    Service client
    10 rue de Penthièvre
    75008 Paris
    contact@asekkey.fr
    Jeanne Martin
    Bâtiment B
    12 rue des Lilas
    69003 Lyon
    Référence : ASK-2026-000123-T
    Paris, le 4 mai 2026
    Objet : votre demande d’information est bien reçue
    Madame, Monsieur,
    Nous avons bien reçu votre demande d’information. Notre Service client s’en occupe.
    Reçue le
    Réponse visée
    2 mai 2026
    au plus tard le 9 mai 2026
    Cette date est un objectif que nous nous fixons : aucun délai réglementaire ne court pour une demande
    d’information.
    Vous vouliez exprimer un mécontentement ?
    Écrivez-le-nous : votre demande devient une réclamation, et les délais réglementaires comptent depuis la
    date de votre premier envoi.
    Nous écrire, suivre votre dossier
    – Par courrier, à l’adresse en tête de cette lettre, ou par courriel à contact@asekkey.fr : rappelez votre
    référence, ASK-2026-000123-T.
    – En ligne, sur https://reclamations.example.org/suivi : il vous faudra votre référence et votre code
    d’accès. La page dit comment en obtenir un autre.
    Nous vous prions d’agréer, Madame, Monsieur, l’expression de nos salutations distinguées.
    Le Service client d’Asekkey
    Asekkey, courtage d’assurances – SAS – RCS Paris 123 456 789
    Sous le contrôle de l’ACPR, 4 place de Budapest, CS 92459, 75436 Paris Cedex 09
    ");
}

#[test]
fn requalification() {
    // The mediator's block is that of the copy.
    let text = pdf::text(&samples::requalification().set().unwrap().pdf);
    let until_the_mediator = text.split("\nLe médiateur\n").next().unwrap();
    assert!(
        text.contains("Le Service Réclamations d’Asekkey\nAsekkey, courtage"),
        "{text}"
    );
    insta::assert_snapshot!(until_the_mediator, @r"
    Asekkey
    Service Réclamations
    10 rue de Penthièvre
    75008 Paris
    Réclamation@asekkey.fr
    Jeanne Martin
    Bâtiment B
    12 rue des Lilas
    69003 Lyon
    Référence : ASK-2026-000123-T
    Paris, le 4 mai 2026
    Objet : le traitement de votre réclamation
    Madame, Monsieur,
    Après lecture de votre réclamation, reçue le 2 mai 2026, nous pensons qu’il s’agit d’une demande
    d’information : une question ou un service demandé, et non l’expression d’un mécontentement.
    Notre motif
    Vous demandez un duplicata de votre attestation.
    Ce que cela change
    – Sans opposition de votre part dans les 10 jours qui suivent l’envoi de cette lettre, votre dossier est confié
    à notre Service client comme demande d’information ; les délais réglementaires cessent alors de courir.
    – D’ici là, rien ne change : c’est une réclamation, et notre réponse vous est due au plus tard le 30 juin 2026.
    Vous n’êtes pas d’accord ?
    Écrivez-le-nous, par courrier ou par courriel : votre réclamation reste une réclamation, avec ses dates
    d’origine. Vous n’avez pas de raison à donner. Après ce délai, vous pourrez encore demander qu’elle
    redevienne une réclamation.
    Nous écrire, suivre votre dossier
    – Par courrier, à l’adresse en tête de cette lettre, ou par courriel à Réclamation@asekkey.fr : rappelez
    votre référence, ASK-2026-000123-T.
    – En ligne, sur https://reclamations.example.org/suivi : il vous faudra votre référence et votre code
    d’accès. La page dit comment en obtenir un autre.
    Asekkey, courtage d’assurances – SAS – RCS Paris 123 456 789
    Sous le contrôle de l’ACPR, 4 place de Budapest, CS 92459, 75436 Paris Cedex 09
    1/2
    Asekkey
    ASK-2026-000123-T
    ");
}

#[test]
fn copy() {
    let text = pdf::text(&samples::copy().set().unwrap().pdf);
    insta::assert_snapshot!(text, @r"
    Asekkey
    Service Réclamations
    10 rue de Penthièvre
    75008 Paris
    Réclamation@asekkey.fr
    Jeanne Martin
    Bâtiment B
    12 rue des Lilas
    69003 Lyon
    Référence : ASK-2026-000123-T
    Paris, le 4 mai 2026
    Objet : copie de votre réclamation
    Madame, Monsieur,
    Voici la copie complète de votre réclamation, telle que nous l’avons enregistrée le 2 mai 2026 à 9 h 05,
    heure de Paris. Gardez-la : elle est datée et vaut preuve de votre envoi.
    Ce qui s’est passé
    Ma cotisation a doublé.
    Je n’ai reçu aucun avis.
    Ce que vous attendez de nous
    Un remboursement.
    Fin de la copie.
    Le médiateur
    Si aucune solution n’est trouvée ou si un désaccord persiste, vous pouvez recourir gratuitement à un médiateur
    indépendant ; en tout état de cause à partir du 29 juin 2026.
    La Médiation de l’Assurance
    TSA 50110
    75441 Paris Cedex 09
    https://www.mediation-assurance.org/
    Comment le saisir : en ligne sur ce site, ou par courrier à cette adresse ; une seule de ces deux voies suffit, sans
    lettre recommandée. Exposez votre différend et joignez des copies de votre réclamation, de notre réponse si
    vous l’avez reçue, et des documents utiles. Gardez les originaux.
    Délai : un an à compter de votre réclamation écrite, soit au plus tard le 30 avril 2027.
    Ce recours est gratuit. Il suppose une réclamation écrite préalable, et que ni un tribunal ni un autre médiateur
    n’ait été saisi du même différend. L’avis du médiateur ne vous oblige pas : vous gardez le droit d’agir en justice.
    Nous vous prions d’agréer, Madame, Monsieur, l’expression de nos salutations distinguées.
    Le Service Réclamations d’Asekkey
    Asekkey, courtage d’assurances – SAS – RCS Paris 123 456 789
    Sous le contrôle de l’ACPR, 4 place de Budapest, CS 92459, 75436 Paris Cedex 09
    ");
}

#[test]
fn message() {
    let text = pdf::text(&samples::message().set().unwrap().pdf);
    insta::assert_snapshot!(text, @r"
    Asekkey
    Service Réclamations
    10 rue de Penthièvre
    75008 Paris
    Réclamation@asekkey.fr
    Jeanne Martin
    Bâtiment B
    12 rue des Lilas
    69003 Lyon
    Référence : ASK-2026-000123-T
    Paris, le 4 mai 2026
    Objet : le délai de notre réponse à votre réclamation
    Bonjour,
    Notre réponse demande plus de temps.
    Pièces jointes :
    – relevé.pdf
    Le médiateur
    Si aucune solution n’est trouvée ou si un désaccord persiste, vous pouvez recourir gratuitement à un médiateur
    indépendant ; en tout état de cause à partir du 29 juin 2026.
    La Médiation de l’Assurance
    TSA 50110
    75441 Paris Cedex 09
    https://www.mediation-assurance.org/
    Comment le saisir : en ligne sur ce site, ou par courrier à cette adresse ; une seule de ces deux voies suffit, sans
    lettre recommandée. Exposez votre différend et joignez des copies de votre réclamation, de notre réponse si
    vous l’avez reçue, et des documents utiles. Gardez les originaux.
    Délai : un an à compter de votre réclamation écrite, soit au plus tard le 30 avril 2027.
    Ce recours est gratuit. Il suppose une réclamation écrite préalable, et que ni un tribunal ni un autre médiateur
    n’ait été saisi du même différend. L’avis du médiateur ne vous oblige pas : vous gardez le droit d’agir en justice.
    Le Service Réclamations d’Asekkey
    Asekkey, courtage d’assurances – SAS – RCS Paris 123 456 789
    Sous le contrôle de l’ACPR, 4 place de Budapest, CS 92459, 75436 Paris Cedex 09
    ");
}

#[test]
#[expect(clippy::too_many_lines, reason = "one letter, read whole")]
fn answer() {
    let text = pdf::text(&samples::answer().set().unwrap().pdf);
    insta::assert_snapshot!(text, @"
    Asekkey
    Service Réclamations
    10 rue de Penthièvre
    75008 Paris
    Réclamation@asekkey.fr
    Jeanne Martin
    12 rue des Lilas
    69003 Lyon
    Référence : ASK-2026-000123-T
    Paris, le 1er juin 2026
    Objet : réponse à votre réclamation du 30 avril 2026
    Madame, Monsieur,
    Nous avons examiné votre réclamation avec attention. Voici notre réponse, point par point.
    Point 1
    Ce que vous nous dites :
    La cotisation a augmenté sans avis.
    Notre position : nous ne pouvons pas vous donner raison sur ce point.
    Nos raisons :
    L’avis n’a pas été envoyé à temps.
    Notre décision
    Nous ne pouvons pas donner de suite favorable à votre réclamation.
    Nos engagements
    – Au plus tard le 15 juin 2026 :
    Vous envoyer l’avis d’échéance.
    Asekkey, courtage d’assurances – SAS – RCS Paris 123 456 789
    Sous le contrôle de l’ACPR, 4 place de Budapest, CS 92459, 75436 Paris Cedex 09
    1/2
    Asekkey
    ASK-2026-000123-T
    Votre recours : le médiateur
    Si cette réponse ne vous satisfait pas, vous pouvez saisir gratuitement le médiateur ; en tout état de cause à
    partir du 29 juin 2026.
    La Médiation de l’Assurance
    TSA 50110
    75441 Paris Cedex 09
    https://www.mediation-assurance.org/
    Comment le saisir : en ligne sur ce site, ou par courrier à cette adresse ; une seule de ces deux voies suffit, sans
    lettre recommandée. Exposez votre différend et joignez des copies de votre réclamation, de notre réponse si
    vous l’avez reçue, et des documents utiles. Gardez les originaux.
    Délai : un an à compter de votre réclamation écrite, soit au plus tard le 30 avril 2027.
    Ce recours est gratuit. Il suppose une réclamation écrite préalable, et que ni un tribunal ni un autre médiateur
    n’ait été saisi du même différend. L’avis du médiateur ne vous oblige pas : vous gardez le droit d’agir en justice.
    Nous vous prions d’agréer, Madame, Monsieur, l’expression de nos salutations distinguées.
    Paul Durand
    Service Réclamations, Asekkey
    Asekkey, courtage d’assurances – SAS – RCS Paris 123 456 789
    Sous le contrôle de l’ACPR, 4 place de Budapest, CS 92459, 75436 Paris Cedex 09
    2/2
    ");
}
