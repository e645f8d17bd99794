// @generated automatically by Diesel CLI.

diesel::table! {
    /// Days of the Paris calendar, both included. On these days the deputy finds the cases of the account among their own.
    absences (id) {
        id -> Int8,
        account_id -> Int8,
        deputy_id -> Int8,
        from_on -> Date,
        until_on -> Date,
    }
}

diesel::table! {
    answer_positions (answer_id, grievance) {
        answer_id -> Int8,
        grievance -> Int4,
        position -> Nullable<Text>,
        grounds -> Text,
    }
}

diesel::table! {
    answers (id) {
        id -> Int8,
        case_id -> Int8,
        state -> Text,
        outcome -> Nullable<Text>,
        introduction -> Text,
        author_id -> Int8,
        /// Second reader of a refusal: never the author.
        reader_id -> Nullable<Int8>,
        signatory_id -> Nullable<Int8>,
        dated_on -> Nullable<Date>,
        /// The text as it left, mediator block included.
        letter -> Nullable<Text>,
        outbox_id -> Nullable<Int8>,
        written_at -> Timestamptz,
        sent_at -> Nullable<Timestamptz>,
        handed_over_at -> Nullable<Timestamptz>,
        handed_over_on -> Nullable<Date>,
        /// Sum granted, in euro cents; null when none is.
        amount_cents -> Nullable<Int8>,
        /// Until then the sending can be cancelled; null for a draft, and where no time is left for it.
        held_until -> Nullable<Timestamptz>,
        /// That of the case before the sending: cancelling puts it back.
        person_wrote_at -> Nullable<Timestamptz>,
        /// What most comparable closed cases decided when it was last written; null when they are too few, or disagree.
        common_outcome -> Nullable<Text>,
        /// Accounts that have saved it as a draft, its last author among them.
        writer_ids -> Array<Nullable<Int8>>,
    }
}

diesel::table! {
    /// What we wait for from the person. Nothing waits with us: the clocks go on.
    asks (id) {
        id -> Int8,
        case_id -> Int8,
        message_id -> Int8,
        staff_id -> Int8,
        /// What is asked; the person reads it. Erased with the content of the case.
        what -> Nullable<Text>,
        /// By when, Paris calendar: a wish, no deadline of law.
        expected_on -> Date,
        asked_on -> Date,
        /// When the person was reminded, once at most.
        reminded_on -> Nullable<Date>,
        ended_at -> Nullable<Timestamptz>,
        /// Why we wait no more.
        ending -> Nullable<Text>,
    }
}

diesel::table! {
    /// Whom a case complains about: for them it does not exist, whatever their rights.
    case_bars (id) {
        id -> Int8,
        case_id -> Int8,
        account_id -> Int8,
        barred_by -> Int8,
        barred_at -> Timestamptz,
        lifted_by -> Nullable<Int8>,
        lifted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// To whom a file belongs: a draft, then the case it becomes; or a message on a case.
    case_files (upload) {
        upload -> Int8,
        draft_id -> Nullable<Uuid>,
        case_id -> Nullable<Int8>,
        /// The member of staff who added it; null for the person, and for a letter of an e-mail.
        author_id -> Nullable<Int8>,
        /// With a draft; filed with the case; waiting for the message it goes with; a letter that has not left; sent.
        stage -> Text,
        message_id -> Nullable<Int8>,
        added_at -> Timestamptz,
        /// The answer it goes with: pending while that is leaving, sent once it has left.
        answer_id -> Nullable<Int8>,
        /// What letter it is, made by the program; null for what people send.
        letter -> Nullable<Text>,
        /// What it is posted for, or proves the posting of; an answer's letter has its answer.
        postal_task -> Nullable<Int8>,
        /// The e-mail by which the letter left; an answer's letter has its answer.
        outbox_id -> Nullable<Int8>,
        /// Pages of a PDF that staff added and that prints behind a letter; null for what does not.
        n_pages -> Nullable<Int4>,
        /// The rule by which its pages were counted last; null when they must be counted.
        counted_by -> Nullable<Int2>,
    }
}

diesel::table! {
    case_labels (case_id, label_id) {
        case_id -> Int8,
        label_id -> Int8,
        added_by -> Int8,
        added_at -> Timestamptz,
    }
}

diesel::table! {
    /// Cases that belong together, the lower number first. Each keeps its clocks.
    case_links (id) {
        id -> Int8,
        case_id -> Int8,
        other_id -> Int8,
        linked_by -> Int8,
        linked_at -> Timestamptz,
        unlinked_by -> Nullable<Int8>,
        unlinked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    cases (id) {
        /// Also the number in the reference: one sequence, never reset, gaps are fine.
        id -> Int8,
        /// Paris year of the entry, the first part of the reference.
        reference_year -> Int2,
        /// The draft's id: sending twice files once.
        submission_id -> Uuid,
        is_demo -> Bool,
        /// Counts the acts of people; an act on an older version is refused.
        version -> Int4,
        nature_declared -> Nullable<Text>,
        nature_qualified -> Nullable<Text>,
        /// Effective nature: qualified by staff, else declared, else complaint.
        nature -> Text,
        channel -> Text,
        status -> Text,
        handler_id -> Nullable<Int8>,
        /// First and last name, for lists; erased with the content.
        person_name -> Nullable<Text>,
        /// Keys the digests of the journal; erased with the content.
        secret -> Nullable<Bytea>,
        code_generation -> Int4,
        /// Date of the published procedure in force at entry.
        procedure_version -> Text,
        received_at -> Timestamptz,
        entered_at -> Timestamptz,
        /// Internal target, no legal date: requests, oral complaints, disagreements.
        target_on -> Nullable<Date>,
        /// Paris date of the hand-over of the acknowledgement.
        acknowledged_on -> Nullable<Date>,
        /// Paris date of the hand-over of the first answer: a later one, after a disagreement, meets no legal clock.
        answered_on -> Nullable<Date>,
        closed_on -> Nullable<Date>,
        /// What comes next, legal date or target; set by the same UPDATE as each act.
        next_due_on -> Date,
        last_event_at -> Timestamptz,
        /// When the person last wrote, until we have answered or read it; else null.
        person_wrote_at -> Nullable<Timestamptz>,
        /// Code of products; null when the person does not know.
        product -> Nullable<Text>,
        /// Code of subjects; null when the person does not know.
        subject -> Nullable<Text>,
        /// Sensitive data: few may read it.
        is_sensitive -> Bool,
        /// An answer that refuses is complete but for its second reading.
        awaits_reader -> Bool,
        /// We asked the person for something on this Paris date and they have not written since; else null. No legal clock waits.
        waiting_since -> Nullable<Date>,
        /// An e-mail could not be delivered, and the letter that replaces it has not been posted.
        failed_sending -> Bool,
        /// Paris date of the last act by staff; of its entry until then.
        touched_on -> Nullable<Date>,
    }
}

diesel::table! {
    /// Who changed the lists of products and subjects, with the words before and after.
    catalogue_changes (id) {
        id -> Int8,
        list -> Text,
        code -> Text,
        change -> Text,
        value -> Nullable<Text>,
        was -> Nullable<Text>,
        changed_by -> Int8,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    /// What an answer promises to the person, and by when; followed until it is kept.
    commitments (id) {
        id -> Int8,
        answer_id -> Int8,
        case_id -> Int8,
        /// Its place in the answer, from 1.
        number -> Int4,
        text -> Text,
        due_on -> Nullable<Date>,
        /// Paris date of the hand-over of the answer; null while it has not left.
        made_on -> Nullable<Date>,
        /// Paris date on which it was kept.
        kept_on -> Nullable<Date>,
        kept_by -> Nullable<Int8>,
    }
}

diesel::table! {
    /// The dates of a complaint as they were before each correction; the present ones are the frozen ones.
    date_corrections (id) {
        id -> Int8,
        case_id -> Int8,
        corrected_by -> Int8,
        corrected_at -> Timestamptz,
        first_written_on -> Date,
        received_on -> Date,
        declared_earlier_on -> Nullable<Date>,
        ack_due_on -> Date,
        answer_due_on -> Date,
    }
}

diesel::table! {
    /// Days (Paris) on which each member of staff was sent what is to be done.
    digest_days (day) {
        day -> Date,
        sent_at -> Timestamptz,
    }
}

diesel::table! {
    /// The person contests an answer: the case is open again, with a target of our own and no new legal clock.
    disagreements (message_id) {
        /// Its reason, in the public thread.
        message_id -> Int8,
        case_id -> Int8,
        /// The answer contested; null when it is older than this table knows.
        answer_id -> Nullable<Int8>,
        disagreed_on -> Date,
        target_on -> Date,
    }
}

diesel::table! {
    /// Why an answer decides otherwise than most comparable cases did; staff only. Erased with the content of the case.
    divergences (answer_id) {
        answer_id -> Int8,
        case_id -> Int8,
        sentence -> Text,
    }
}

diesel::table! {
    /// Forms being filled in: not yet sent, emptied once filed.
    drafts (id) {
        id -> Uuid,
        /// SHA-256 of the opaque token in the visitor's cookie.
        token_digest -> Bytea,
        content -> Jsonb,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        expires_at -> Timestamptz,
        filed_case_id -> Nullable<Int8>,
        filed_at -> Nullable<Timestamptz>,
        /// Step to the page that saved it last: that page may save it again, another one that has not seen it may not.
        writers -> Jsonb,
        /// The member of staff who enters a case by hand; null for a visitor.
        staff_id -> Nullable<Int8>,
    }
}

diesel::table! {
    /// Pieces that the file of a printing holds behind their letters.
    enclosures (upload, print_run) {
        print_run -> Int8,
        upload -> Int8,
    }
}

diesel::table! {
    /// Tombstones: the case's row keeps its reference, nature, channel and dates, the journal its chain, and nothing says any more who wrote or what.
    erased_cases (case_id) {
        case_id -> Int8,
        erased_at -> Timestamptz,
        /// The end of the time it is kept, or the person's own request (GDPR, art. 17).
        cause -> Text,
        erased_by -> Nullable<Int8>,
        /// Of the last answer that was handed over.
        outcome -> Nullable<Text>,
        n_messages -> Int8,
        n_files -> Int8,
        n_answers -> Int8,
    }
}

diesel::table! {
    /// What the person thinks of our answer; theirs to change for a time.
    evaluations (case_id) {
        case_id -> Int8,
        version -> Int4,
        level -> Text,
        comment -> Nullable<Text>,
        given_at -> Timestamptz,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    /// The bytes of a file, 256 KiB a row, the last one shorter; from 0, without a gap.
    file_chunks (upload, n) {
        upload -> Int8,
        n -> Int4,
        bytes -> Bytea,
    }
}

diesel::table! {
    /// The person and what they wrote, as filed; erased as one with the content of the case.
    filings (case_id) {
        case_id -> Int8,
        first_name -> Text,
        last_name -> Text,
        email -> Nullable<Text>,
        /// When the person proved, through the link, that the address is theirs.
        email_confirmed_at -> Nullable<Timestamptz>,
        postal_address -> Nullable<Text>,
        /// As typed; the only way to reach whoever gave no address, by phone or at the counter.
        phone -> Nullable<Text>,
        capacity -> Text,
        /// For whom, when filed by a representative.
        represented -> Nullable<Text>,
        is_professional -> Bool,
        subscription_path -> Text,
        /// Name of the broker, distributor or adviser.
        intermediary -> Nullable<Text>,
        contract_number -> Nullable<Text>,
        /// Whom the person turned to before; before November 2026 also what came of it.
        earlier_contact -> Nullable<Text>,
        facts_when -> Nullable<Text>,
        facts -> Text,
        expectation -> Nullable<Text>,
        accessibility -> Nullable<Text>,
        /// Counts the changes of how to reach the person; a change of an older version is refused.
        contact_version -> Int4,
        /// When the person last changed how to reach them; null while it is as filed.
        contact_changed_at -> Nullable<Timestamptz>,
        /// Whether a representative joins the mandate to the form or sends it later; null when not said.
        mandate -> Nullable<Text>,
        /// In writing, whose date is the declared earlier one of the legal dates, or by word of mouth.
        earlier_way -> Nullable<Text>,
        /// Day of an earlier contact by word of mouth: it starts no clock.
        earlier_spoken_on -> Nullable<Date>,
        /// What was replied, in the person's words.
        earlier_reply -> Nullable<Text>,
        /// How the person prefers to be answered; the acknowledgement leaves by e-mail whenever there is an address.
        preferred_reply -> Text,
    }
}

diesel::table! {
    /// Dates that staff follow beside the legal ones; at most one of a kind waits on a case.
    follow_ups (id) {
        id -> Int8,
        case_id -> Int8,
        kind -> Text,
        /// Paris date.
        due_on -> Date,
        created_at -> Timestamptz,
        /// When it was done or lost its use.
        done_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// How the person could be reached before each change; erased as one with the content of the case.
    former_contacts (case_id, version) {
        case_id -> Int8,
        version -> Int4,
        email -> Nullable<Text>,
        email_confirmed_at -> Nullable<Timestamptz>,
        postal_address -> Nullable<Text>,
        preferred_reply -> Text,
        phone -> Nullable<Text>,
        accessibility -> Nullable<Text>,
        replaced_at -> Timestamptz,
    }
}

diesel::table! {
    grievances (case_id, number) {
        case_id -> Int8,
        number -> Int4,
        text -> Text,
    }
}

diesel::table! {
    /// Letters that say why the answer takes longer and for when it is hoped. They move no legal date (R23).
    holding_letters (id) {
        id -> Int8,
        case_id -> Int8,
        /// What was announced still stands: no later letter, no answer since.
        is_current -> Bool,
        /// The first of its case is 1.
        rank -> Int4,
        message_id -> Int8,
        staff_id -> Int8,
        /// Why; the person reads it. Erased with the content of the case.
        reason -> Nullable<Text>,
        /// The day announced, Paris calendar: followed inside the house, never a due date of law.
        announced_on -> Date,
        written_on -> Date,
    }
}

diesel::table! {
    /// The cases that an e-mail names, or that it answers; those of its sender are found by the address.
    incoming_leads (mail_id, case_id) {
        mail_id -> Int8,
        case_id -> Int8,
        /// Whether it names an e-mail that we wrote about the case.
        is_answered -> Bool,
    }
}

diesel::table! {
    incoming_mails (id) {
        id -> Int8,
        mailbox -> Text,
        folder -> Text,
        uid_validity -> Int8,
        uid -> Int8,
        /// Digest of its Message-ID, of whoever signs it and of its text: the same e-mail comes once.
        known_by -> Bytea,
        /// The e-mail as it came, byte for byte; its beginning if it is too large.
        upload -> Int8,
        /// Bytes of the whole.
        size -> Int8,
        is_whole -> Bool,
        /// What the folder says it is; null when it says nothing.
        nature -> Nullable<Text>,
        /// When the server of the mailbox took it.
        received_at -> Timestamptz,
        stored_at -> Timestamptz,
        n_attempts -> Int4,
        state -> Text,
        sort -> Nullable<Text>,
        /// Why it is held, or not understood.
        reason -> Nullable<Text>,
        sender -> Nullable<Text>,
        sender_name -> Nullable<Text>,
        subject -> Text,
        body -> Text,
        /// Its own date, within what the servers on its way saw.
        written_at -> Nullable<Timestamptz>,
        case_id -> Nullable<Int8>,
        /// What it is in the thread of its case; null for what the person is never shown.
        message_id -> Nullable<Int8>,
        decided_by -> Nullable<Int8>,
        decided_at -> Nullable<Timestamptz>,
        /// Why staff set it aside.
        motive -> Nullable<Text>,
        /// Nobody tries to understand it before.
        next_attempt_at -> Timestamptz,
    }
}

diesel::table! {
    /// What is joined to an e-mail: taken as a file, or refused and to be found in the original only.
    incoming_pieces (mail_id, n) {
        mail_id -> Int8,
        n -> Int4,
        name -> Text,
        /// The type that its sender declares.
        declared -> Text,
        size -> Int8,
        upload -> Nullable<Int8>,
        refusal -> Nullable<Text>,
    }
}

diesel::table! {
    journal_events (chain, seq) {
        /// The case's id, or 0 for the system chain (accounts, settings, sign-ins).
        chain -> Int8,
        seq -> Int4,
        at -> Timestamptz,
        actor -> Text,
        kind -> Text,
        /// Canonical key=value lines: ids, codes, dates and keyed digests; never personal data or free text.
        facts -> Text,
        /// SHA-256(hash of the line before, or 32 zero bytes, followed by the canonical bytes of this line).
        hash -> Bytea,
    }
}

diesel::table! {
    /// Who renamed, retired or restored a label, with its name before and after.
    label_changes (id) {
        id -> Int8,
        label_id -> Int8,
        change -> Text,
        value -> Nullable<Text>,
        was -> Text,
        changed_by -> Int8,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    /// Words of the office to gather cases by; about cases, never about a person.
    labels (id) {
        id -> Int8,
        name -> Text,
        created_by -> Int8,
        created_at -> Timestamptz,
        /// No longer offered; the cases that bear it keep it.
        is_retired -> Bool,
    }
}

diesel::table! {
    /// Why a legal date was not kept: compulsory before the case is closed.
    latenesses (case_id, clock) {
        case_id -> Int8,
        clock -> Text,
        cause -> Text,
        /// One sentence. Erased with the content of the case.
        said -> Text,
        said_by -> Int8,
        said_at -> Timestamptz,
    }
}

diesel::table! {
    /// Dates of the Paris calendar, frozen at entry under a version of the rules; recomputed only by an act. Requests and oral complaints have no legal date.
    legal_dates (case_id) {
        case_id -> Int8,
        rule_version -> Text,
        /// Start of the clocks: form submission, date of the e-mail, postmark.
        first_written_on -> Nullable<Date>,
        received_on -> Date,
        /// An oral complaint's day; it starts no legal clock.
        expressed_on -> Nullable<Date>,
        /// Earlier writing declared by the person, as typed; counts only under the rules of the declared date.
        declared_earlier_on -> Nullable<Date>,
        /// Last day to acknowledge: 10th jour ouvrable from the first writing (ACPR 2024-R-02).
        ack_due_on -> Nullable<Date>,
        /// The same from reception (published procedure of 11/10/2025, step 2).
        ack_due_from_reception_on -> Nullable<Date>,
        /// Last day to answer: two calendar months from the first writing.
        answer_due_on -> Nullable<Date>,
        /// The same from reception.
        answer_due_from_reception_on -> Nullable<Date>,
        /// 60 days from the first writing (published procedure, step 3).
        mediation_from_on -> Nullable<Date>,
        /// The earlier of 60 days and two months.
        mediation_open_on -> Nullable<Date>,
        /// Twelve months from the first writing to Asekkey (C. conso. L.612-2).
        mediation_last_on -> Nullable<Date>,
    }
}

diesel::table! {
    /// Cases that are kept from being erased, until a day of the Paris calendar, included.
    legal_holds (id) {
        id -> Int8,
        case_id -> Int8,
        until_on -> Date,
        placed_by -> Int8,
        placed_at -> Timestamptz,
        lifted_by -> Nullable<Int8>,
        lifted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// Letters to be made of e-mails that have left; a row goes when its letter is kept.
    letters_owed (outbox_id) {
        outbox_id -> Int8,
        case_id -> Int8,
        kind -> Text,
        /// When the e-mail left: the letter bears that day.
        left_at -> Timestamptz,
        /// When to make it, later each time it could not be made.
        not_before -> Timestamptz,
    }
}

diesel::table! {
    mailbox_folders (mailbox, folder) {
        mailbox -> Text,
        folder -> Text,
        /// Of the numbers that the server gave last; another one makes them mean other e-mails.
        uid_validity -> Int8,
        /// The e-mails up to this number are kept, or were read by someone before we came.
        last_uid -> Int8,
        /// When the server last answered.
        reached_at -> Nullable<Timestamptz>,
        /// Since when it does not answer; null while it does.
        failed_at -> Nullable<Timestamptz>,
        /// Why, as of the last try; null while it answers.
        failure -> Nullable<Text>,
    }
}

diesel::table! {
    /// E-mails that could not be fetched. A row goes when the e-mail came, or is gone.
    mailbox_refusals (mailbox, folder, uid_validity, uid) {
        mailbox -> Text,
        folder -> Text,
        uid_validity -> Int8,
        uid -> Int8,
        n_attempts -> Int4,
        /// When it was first not given.
        since -> Timestamptz,
        /// It is not asked for before.
        next_attempt_at -> Timestamptz,
    }
}

diesel::table! {
    /// Referrals to the mediator, each with its documents, its opinion and what followed, in any state of the case.
    mediations (id) {
        id -> Int8,
        case_id -> Int8,
        /// The latest of its case.
        is_last -> Bool,
        message_id -> Int8,
        staff_id -> Int8,
        referred_by -> Text,
        /// The mediator's own number of the case.
        number -> Nullable<Text>,
        referred_on -> Date,
        /// Paris date on which we heard of it: the five weeks to send our documents count from it (R44).
        known_on -> Date,
        documents_due_on -> Date,
        /// Paris date on which our documents left; null until then.
        documents_sent_on -> Nullable<Date>,
        /// Paris date of the opinion, or of the end of the mediation without one.
        opinion_on -> Nullable<Date>,
        /// Summary of the opinion; erased with the content of the case.
        opinion -> Nullable<Text>,
        /// Whether we follow the opinion; null until it is given.
        issue -> Nullable<Text>,
        /// Why we do not follow it, or how we do; the person reads it. Erased with the content of the case.
        grounds -> Nullable<Text>,
        /// By when what we owe after the opinion is done, Paris calendar.
        follow_up_on -> Nullable<Date>,
        /// When it was done.
        followed_up_on -> Nullable<Date>,
    }
}

diesel::table! {
    /// The public thread: the person may read every line of it.
    messages (id) {
        id -> Int8,
        case_id -> Int8,
        kind -> Text,
        /// The member of staff who wrote it; null for the person.
        author_id -> Nullable<Int8>,
        body -> Text,
        outbox_id -> Nullable<Int8>,
        written_at -> Timestamptz,
        posted_on -> Nullable<Date>,
        /// Made of the form's id and of what it said: sending twice writes once.
        submission_key -> Nullable<Uuid>,
        /// The letter whose pages hold it.
        postal_task -> Nullable<Int8>,
    }
}

diesel::table! {
    /// Why an act was done; the journal names the row and holds its digest. Erased with the content of the case.
    motives (id) {
        id -> Int8,
        case_id -> Int8,
        written_by -> Int8,
        written_at -> Timestamptz,
        body -> Text,
    }
}

diesel::table! {
    /// Internal notes: a table apart, so that they can never appear on a public page.
    notes (id) {
        id -> Int8,
        case_id -> Int8,
        author_id -> Int8,
        body -> Text,
        written_at -> Timestamptz,
    }
}

diesel::table! {
    /// What became of a complaint made by word of mouth: it starts no legal clock until it is confirmed in writing.
    oral_complaints (case_id) {
        case_id -> Int8,
        satisfied_at_once -> Bool,
        /// What satisfied the person at once; erased with the content of the case.
        how_satisfied -> Nullable<Text>,
        /// When the person was invited to write (ACPR 2024-R-02), Paris calendar.
        invited_on -> Nullable<Date>,
        /// When staff noted the writing that confirms it; its own date is the first writing of the legal dates.
        confirmed_on -> Nullable<Date>,
    }
}

diesel::table! {
    outbox (id) {
        id -> Int8,
        /// A code of the caller's, handed back to it when the e-mail leaves or fails.
        purpose -> Text,
        /// An id of the caller's: the case it is about, if any.
        about -> Nullable<Int8>,
        recipient -> Text,
        subject -> Text,
        body -> Text,
        /// The Auto-Submitted header (RFC 3834): written by a person, by the program, or in reply.
        origin -> Text,
        /// The service in whose name it leaves.
        desk -> Text,
        /// The Message-ID header, the same at every attempt.
        message_id -> Text,
        state -> Text,
        queued_at -> Timestamptz,
        /// Not tried before; pushed forward while a worker holds the row, so that a dead worker's rows come back.
        next_attempt_at -> Timestamptz,
        /// Also tells a worker that its hold on the row is over: another attempt has begun.
        n_attempts -> Int4,
        /// When it was written as an .eml file for want of a relay: not a hand-over.
        written_at -> Nullable<Timestamptz>,
        handed_over_at -> Nullable<Timestamptz>,
        failed_at -> Nullable<Timestamptz>,
        /// Code of the last refusal; never an address or a text.
        last_error -> Nullable<Text>,
        /// It has left, and what follows for its case is not recorded yet; tried again when its next attempt is due.
        is_owed -> Bool,
        /// A secret of the text, encrypted, until the e-mail has left; the text has a mark in its place.
        sealed -> Nullable<Bytea>,
        /// When it came back: it was handed over, and not delivered.
        bounced_at -> Nullable<Timestamptz>,
        /// When a worker first took it, since it was queued or tried anew; null for one never taken, or written as a file.
        tried_since -> Nullable<Timestamptz>,
        /// The PDF that travels with it: a letter among the files of its case.
        enclosed -> Nullable<Int8>,
        /// The hour set for its first attempt, if one was; the daily cap may put it off further.
        held_until -> Nullable<Timestamptz>,
        /// When a sending before this one came back; a report of what arrived by then is of that one.
        came_back_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// The register of those who use their rights over their data, each followed until it is answered.
    person_requests (id) {
        id -> Int8,
        submission_id -> Uuid,
        kind -> Text,
        /// Who asks, as staff look for them: e-mail, name, contract or reference.
        person -> Nullable<Text>,
        received_on -> Date,
        /// One month after reception, Paris calendar.
        due_on -> Date,
        entered_by -> Int8,
        entered_at -> Timestamptz,
        settlement -> Nullable<Text>,
        /// Why it is refused, or granted in part.
        reason -> Nullable<Text>,
        answered_on -> Nullable<Date>,
        answered_by -> Nullable<Int8>,
    }
}

diesel::table! {
    /// What must leave by post, for want of an e-mail address that works.
    postal_tasks (id) {
        id -> Int8,
        case_id -> Int8,
        kind -> Text,
        created_at -> Timestamptz,
        due_on -> Date,
        done_on -> Nullable<Date>,
        done_by -> Nullable<Int8>,
        /// When it was no longer needed: the answer stood for it, or the person withdrew.
        dropped_at -> Nullable<Timestamptz>,
        /// An e-mail that could not be delivered asked for it.
        replaces_email -> Bool,
        /// The last printing it was part of.
        print_run -> Nullable<Int8>,
        /// By which the post office follows it: capitals and digits.
        tracking -> Nullable<Text>,
    }
}

diesel::table! {
    /// Letters made ready to print at one time, as one file.
    print_runs (id) {
        id -> Int8,
        made_at -> Timestamptz,
        made_by -> Int8,
    }
}

diesel::table! {
    /// Products a case can be about. A row is retired, never deleted: cases keep its code.
    products (code) {
        code -> Text,
        label -> Text,
        /// Its place in the list.
        position -> Int4,
        /// No longer offered; cases that have it keep it.
        is_retired -> Bool,
    }
}

diesel::table! {
    qualifications (case_id) {
        case_id -> Int8,
        /// What caused it, in the words of whoever qualified it. Erased with the content of the case.
        cause -> Nullable<Text>,
        qualified_by -> Int8,
        qualified_at -> Timestamptz,
    }
}

diesel::table! {
    /// Closed cases that staff opened again, with a target of our own and no new legal clock.
    reopenings (id) {
        id -> Int8,
        case_id -> Int8,
        reopened_by -> Int8,
        reopened_at -> Timestamptz,
        target_on -> Date,
    }
}

diesel::table! {
    /// Changes of nature. One to a complaint holds at once; one to a request holds once its ten days have passed without objection, and the legal dates are followed until then.
    requalifications (id) {
        id -> Int8,
        case_id -> Int8,
        /// The latest of its case.
        is_last -> Bool,
        from_nature -> Text,
        to_nature -> Text,
        /// Who decided; null for the person.
        staff_id -> Nullable<Int8>,
        /// Why; the person reads it. Erased with the content of the case.
        motive -> Nullable<Text>,
        decided_at -> Timestamptz,
        /// Paris date of the hand-over of the notice: the ten days to object count from it.
        told_on -> Nullable<Date>,
        /// When the person objected: the case stays a complaint.
        objected_at -> Nullable<Timestamptz>,
        /// When it took effect, or when the case was answered or over before it could.
        settled_at -> Nullable<Timestamptz>,
        /// When the request had been answered, Paris date: a complaint is owed an answer of its own.
        request_answered_on -> Nullable<Date>,
    }
}

diesel::table! {
    /// Cases whose person asked that their data be kept and used for their rights alone. The legal clocks run on.
    restrictions (id) {
        id -> Int8,
        case_id -> Int8,
        placed_by -> Int8,
        placed_at -> Timestamptz,
        lifted_by -> Nullable<Int8>,
        lifted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// Lists of the inbox that someone comes back to; theirs alone.
    saved_filters (id) {
        id -> Int8,
        account_id -> Int8,
        name -> Text,
        /// The query of the address.
        query -> Text,
        saved_at -> Timestamptz,
        /// Day it was last kept or opened, Paris calendar.
        used_on -> Date,
    }
}

diesel::table! {
    /// The last line of each chain that changed since the seal before.
    seal_leaves (chain, seq) {
        chain -> Int8,
        seq -> Int4,
        seal -> Int8,
        hash -> Bytea,
    }
}

diesel::table! {
    seals (id) {
        /// Counts up from 1 without a gap.
        id -> Int8,
        /// Paris calendar.
        sealed_on -> Date,
        sealed_at -> Timestamptz,
        n_leaves -> Int8,
        merkle_root -> Bytea,
        /// SHA-256(hash of the seal before, or 32 zero bytes, followed by the canonical bytes of this seal).
        hash -> Bytea,
    }
}

diesel::table! {
    /// Settings of the back office, append-only: the highest version of a key rules; without one, the flag the program was started with.
    setting_changes (key, version) {
        key -> Text,
        version -> Int4,
        /// In force from this change on; none: not given any more.
        value -> Nullable<Text>,
        /// In force before this change, the flag included.
        was -> Nullable<Text>,
        changed_by -> Int8,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    staff_accounts (id) {
        id -> Int8,
        /// Lower case, NFC. Null for the first administrator, who chooses it at enrolment.
        email -> Nullable<Text>,
        display_name -> Text,
        password_hash -> Nullable<Text>,
        /// Encrypted with a key derived from the secret of the installation.
        totp_secret -> Nullable<Bytea>,
        /// Last time step whose code was accepted: a code works once.
        totp_last_step -> Nullable<Int8>,
        enrolled_at -> Nullable<Timestamptz>,
        /// Attempts since the last sign-in, counted before they are checked.
        n_failures -> Int4,
        blocked_until -> Nullable<Timestamptz>,
        disabled_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        /// Its owner enrolled at least once; stays true when the account is reset or disabled.
        has_enrolled -> Bool,
        /// A set: what any of them may do, the account may do.
        roles -> Array<Nullable<Text>>,
        /// Grows with each act on the account.
        version -> Int4,
        /// Single keys act in lists; each can switch them off (WCAG 2.1.4).
        has_shortcuts -> Bool,
        /// When an attempt failed last where the account had never signed in: failures are forgiven with time.
        failed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// What staff began to write on a case: theirs alone, and no part of it. Erased with the content of the case.
    staff_drafts (case_id, account_id, act) {
        case_id -> Int8,
        account_id -> Int8,
        act -> Text,
        /// Pairs of the name and the content of each field.
        fields -> Jsonb,
        saved_at -> Timestamptz,
    }
}

diesel::table! {
    /// One-time links to choose a password and enrol TOTP; only a digest is kept.
    staff_links (token_digest) {
        token_digest -> Bytea,
        account_id -> Int8,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    staff_places (account_id, place) {
        account_id -> Int8,
        /// Keyed digest of the network address.
        place -> Bytea,
        n_failures -> Int4,
        failed_at -> Nullable<Timestamptz>,
        blocked_until -> Nullable<Timestamptz>,
        /// When both factors were last right there: failures elsewhere do not count there.
        trusted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// Only a digest is kept: SHA-256 of the account and of 80 random bits.
    staff_recovery_codes (code_digest) {
        code_digest -> Bytea,
        account_id -> Int8,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// Sessions of the back office; only a digest of the cookie's key is kept.
    staff_sessions (key_digest) {
        key_digest -> Bytea,
        account_id -> Nullable<Int8>,
        state -> Text,
        created_at -> Timestamptz,
        seen_at -> Timestamptz,
    }
}

diesel::table! {
    /// What was told of the time left: half of a clock to the handler, three quarters to the supervisors, nine tenths to the compliance address, in their digests; the last working day to the handler, at once.
    stage_notices (case_id, clock, stage) {
        case_id -> Int8,
        clock -> Text,
        stage -> Text,
        told_at -> Timestamptz,
    }
}

diesel::table! {
    /// Subjects a case can be about. A row is retired, never deleted: cases keep its code.
    subjects (code) {
        code -> Text,
        label -> Text,
        /// Its place in the list.
        position -> Int4,
        /// No longer offered; cases that have it keep it.
        is_retired -> Bool,
    }
}

diesel::table! {
    /// What a template said, version after version; the last one is offered.
    template_versions (template_id, version) {
        template_id -> Int8,
        version -> Int4,
        title -> Text,
        /// Its variables stand in braces, each one of the closed list of the program.
        body -> Text,
        author_id -> Int8,
        saved_at -> Timestamptz,
    }
}

diesel::table! {
    /// Texts that staff start from when they write. One is retired, never deleted.
    templates (id) {
        id -> Int8,
        kind -> Text,
        created_at -> Timestamptz,
        /// Since when it is no longer offered; null while it is.
        retired_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// To whom the case was passed on, what for (R9, R33), and mail for the mediator that landed here (R10). The clocks go on.
    transfers (id) {
        id -> Int8,
        case_id -> Int8,
        /// The latest of its case.
        is_last -> Bool,
        message_id -> Int8,
        staff_id -> Int8,
        recipient -> Text,
        /// Firm or person; erased with the content of the case, as are the columns up to the purpose.
        name -> Nullable<Text>,
        service -> Nullable<Text>,
        postal_address -> Nullable<Text>,
        purpose -> Nullable<Text>,
        /// Paris date on which it left.
        transferred_on -> Date,
        noted_at -> Timestamptz,
        /// Paris date on which their answer came back; null until then.
        returned_on -> Nullable<Date>,
    }
}

diesel::table! {
    /// Originals, byte for byte. A row without its date of receipt is still arriving, or was broken off.
    uploads (id) {
        id -> Int8,
        /// The sender's name of the file, without path, control characters or excess length.
        name -> Text,
        /// Seen in the bytes, and the same as the name says.
        format -> Text,
        begun_at -> Timestamptz,
        received_at -> Nullable<Timestamptz>,
        size -> Nullable<Int8>,
        /// Of the original; set with the size once all has arrived.
        sha256 -> Nullable<Bytea>,
        /// What the virus scanner said; waiting for ever where none is set.
        scan -> Text,
        scanned_at -> Nullable<Timestamptz>,
        /// Not scanned before; pushed forward while a worker scans it, so that a dead worker's files come back.
        next_scan_at -> Timestamptz,
        n_scans -> Int4,
    }
}

diesel::table! {
    /// Withdrawals that staff noted on the word of the person, who is told and can object by writing.
    withdrawals_taken (message_id) {
        message_id -> Int8,
        case_id -> Int8,
        is_last -> Bool,
        staff_id -> Int8,
        channel -> Text,
        /// Paris date on which the person asked for it.
        asked_on -> Date,
        /// How it was said, for staff; erased with the content of the case.
        circumstances -> Nullable<Text>,
        /// Where the case stood: an objection brings it back there, with its dates.
        status_before -> Text,
        taken_at -> Timestamptz,
        /// When the person said that it was a mistake.
        objected_at -> Nullable<Timestamptz>,
    }
}

diesel::joinable!(answer_positions -> answers (answer_id));
diesel::joinable!(answers -> cases (case_id));
diesel::joinable!(answers -> outbox (outbox_id));
diesel::joinable!(asks -> cases (case_id));
diesel::joinable!(asks -> messages (message_id));
diesel::joinable!(asks -> staff_accounts (staff_id));
diesel::joinable!(case_bars -> cases (case_id));
diesel::joinable!(case_files -> answers (answer_id));
diesel::joinable!(case_files -> cases (case_id));
diesel::joinable!(case_files -> drafts (draft_id));
diesel::joinable!(case_files -> messages (message_id));
diesel::joinable!(case_files -> outbox (outbox_id));
diesel::joinable!(case_files -> postal_tasks (postal_task));
diesel::joinable!(case_files -> staff_accounts (author_id));
diesel::joinable!(case_files -> uploads (upload));
diesel::joinable!(case_labels -> cases (case_id));
diesel::joinable!(case_labels -> labels (label_id));
diesel::joinable!(case_labels -> staff_accounts (added_by));
diesel::joinable!(cases -> staff_accounts (handler_id));
diesel::joinable!(catalogue_changes -> staff_accounts (changed_by));
diesel::joinable!(commitments -> answers (answer_id));
diesel::joinable!(commitments -> cases (case_id));
diesel::joinable!(commitments -> staff_accounts (kept_by));
diesel::joinable!(date_corrections -> cases (case_id));
diesel::joinable!(date_corrections -> staff_accounts (corrected_by));
diesel::joinable!(disagreements -> answers (answer_id));
diesel::joinable!(disagreements -> cases (case_id));
diesel::joinable!(disagreements -> messages (message_id));
diesel::joinable!(divergences -> answers (answer_id));
diesel::joinable!(divergences -> cases (case_id));
diesel::joinable!(drafts -> cases (filed_case_id));
diesel::joinable!(drafts -> staff_accounts (staff_id));
diesel::joinable!(enclosures -> case_files (upload));
diesel::joinable!(enclosures -> print_runs (print_run));
diesel::joinable!(erased_cases -> cases (case_id));
diesel::joinable!(erased_cases -> staff_accounts (erased_by));
diesel::joinable!(evaluations -> cases (case_id));
diesel::joinable!(file_chunks -> uploads (upload));
diesel::joinable!(filings -> cases (case_id));
diesel::joinable!(follow_ups -> cases (case_id));
diesel::joinable!(former_contacts -> cases (case_id));
diesel::joinable!(grievances -> cases (case_id));
diesel::joinable!(holding_letters -> cases (case_id));
diesel::joinable!(holding_letters -> messages (message_id));
diesel::joinable!(holding_letters -> staff_accounts (staff_id));
diesel::joinable!(incoming_leads -> cases (case_id));
diesel::joinable!(incoming_leads -> incoming_mails (mail_id));
diesel::joinable!(incoming_mails -> cases (case_id));
diesel::joinable!(incoming_mails -> messages (message_id));
diesel::joinable!(incoming_mails -> staff_accounts (decided_by));
diesel::joinable!(incoming_mails -> uploads (upload));
diesel::joinable!(incoming_pieces -> incoming_mails (mail_id));
diesel::joinable!(incoming_pieces -> uploads (upload));
diesel::joinable!(label_changes -> labels (label_id));
diesel::joinable!(label_changes -> staff_accounts (changed_by));
diesel::joinable!(labels -> staff_accounts (created_by));
diesel::joinable!(latenesses -> cases (case_id));
diesel::joinable!(latenesses -> staff_accounts (said_by));
diesel::joinable!(legal_dates -> cases (case_id));
diesel::joinable!(legal_holds -> cases (case_id));
diesel::joinable!(letters_owed -> cases (case_id));
diesel::joinable!(letters_owed -> outbox (outbox_id));
diesel::joinable!(mediations -> cases (case_id));
diesel::joinable!(mediations -> messages (message_id));
diesel::joinable!(mediations -> staff_accounts (staff_id));
diesel::joinable!(messages -> cases (case_id));
diesel::joinable!(messages -> outbox (outbox_id));
diesel::joinable!(messages -> postal_tasks (postal_task));
diesel::joinable!(messages -> staff_accounts (author_id));
diesel::joinable!(motives -> cases (case_id));
diesel::joinable!(motives -> staff_accounts (written_by));
diesel::joinable!(notes -> cases (case_id));
diesel::joinable!(notes -> staff_accounts (author_id));
diesel::joinable!(oral_complaints -> cases (case_id));
diesel::joinable!(outbox -> uploads (enclosed));
diesel::joinable!(postal_tasks -> cases (case_id));
diesel::joinable!(postal_tasks -> print_runs (print_run));
diesel::joinable!(postal_tasks -> staff_accounts (done_by));
diesel::joinable!(print_runs -> staff_accounts (made_by));
diesel::joinable!(qualifications -> cases (case_id));
diesel::joinable!(qualifications -> staff_accounts (qualified_by));
diesel::joinable!(reopenings -> cases (case_id));
diesel::joinable!(reopenings -> staff_accounts (reopened_by));
diesel::joinable!(requalifications -> cases (case_id));
diesel::joinable!(requalifications -> staff_accounts (staff_id));
diesel::joinable!(restrictions -> cases (case_id));
diesel::joinable!(saved_filters -> staff_accounts (account_id));
diesel::joinable!(seal_leaves -> seals (seal));
diesel::joinable!(setting_changes -> staff_accounts (changed_by));
diesel::joinable!(staff_drafts -> cases (case_id));
diesel::joinable!(staff_drafts -> staff_accounts (account_id));
diesel::joinable!(staff_links -> staff_accounts (account_id));
diesel::joinable!(staff_places -> staff_accounts (account_id));
diesel::joinable!(staff_recovery_codes -> staff_accounts (account_id));
diesel::joinable!(staff_sessions -> staff_accounts (account_id));
diesel::joinable!(stage_notices -> cases (case_id));
diesel::joinable!(template_versions -> staff_accounts (author_id));
diesel::joinable!(template_versions -> templates (template_id));
diesel::joinable!(transfers -> cases (case_id));
diesel::joinable!(transfers -> messages (message_id));
diesel::joinable!(transfers -> staff_accounts (staff_id));
diesel::joinable!(withdrawals_taken -> cases (case_id));
diesel::joinable!(withdrawals_taken -> messages (message_id));
diesel::joinable!(withdrawals_taken -> staff_accounts (staff_id));

diesel::allow_tables_to_appear_in_same_query!(
    absences,
    answer_positions,
    answers,
    asks,
    case_bars,
    case_files,
    case_labels,
    case_links,
    cases,
    catalogue_changes,
    commitments,
    date_corrections,
    digest_days,
    disagreements,
    divergences,
    drafts,
    enclosures,
    erased_cases,
    evaluations,
    file_chunks,
    filings,
    follow_ups,
    former_contacts,
    grievances,
    holding_letters,
    incoming_leads,
    incoming_mails,
    incoming_pieces,
    journal_events,
    label_changes,
    labels,
    latenesses,
    legal_dates,
    legal_holds,
    letters_owed,
    mailbox_folders,
    mailbox_refusals,
    mediations,
    messages,
    motives,
    notes,
    oral_complaints,
    outbox,
    person_requests,
    postal_tasks,
    print_runs,
    products,
    qualifications,
    reopenings,
    requalifications,
    restrictions,
    saved_filters,
    seal_leaves,
    seals,
    setting_changes,
    staff_accounts,
    staff_drafts,
    staff_links,
    staff_places,
    staff_recovery_codes,
    staff_sessions,
    stage_notices,
    subjects,
    template_versions,
    templates,
    transfers,
    uploads,
    withdrawals_taken,
);
