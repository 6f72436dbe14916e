//! Cases that a test elsewhere shows: here by their numbers.

use crate::cli::report::hostile_names_are_text_in_csv;
use crate::contract::{comments, copies};
use crate::fetch::{addresses, servers};
use crate::mail::{arriving, courier, incoming, letter, pages};
use crate::rules::{access, restrictions};
use crate::safe::attachment_names_stay_in_their_folder;
use crate::server::{people, sign_in};
use crate::store::form::audits_can_neither_be_changed_nor_taken_away;
use crate::support::town::Town;

macro_rules! known {
    ($($case:ident: $test:expr;)+) => { $(#[test] fn $case() { $test(); })+ };
}

macro_rules! clause {
    ($($case:ident: $clause:expr;)+) => {
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)] async fn $case() { $clause(&Town::sqlite().await).await; })+
    };
}

known! {
    cve_2026_40591_no_ticket_for_somebody_out_of_sight: restrictions::who_is_out_of_an_agents_sight_is_as_if_nobody_were_there;
    cve_2020_26029_who_acts_for_another_may_what_both_may: sign_in::an_admins_program_may_act_as_an_end_user;
    cve_2025_32359_a_password_is_asked_for_where_it_is_changed: people::a_password_is_changed_by_whoever_knows_the_one_before;
    cve_2026_53595_a_used_link_is_no_key: sign_in::a_password_is_chosen_by_a_link_once;
    cve_2026_41902_a_link_expires: access::a_link_expires;
    cve_2020_1776_who_is_suspended_is_out_at_once: sign_in::who_is_suspended_is_out_at_once;
    cve_2026_64652_a_secret_is_shown_to_nobody: access::a_secret_is_shown_to_nobody;
    ghsa_jvmv_2qcp_7855_access_is_asked_for_so_often: access::access_is_asked_for_so_often_and_no_more;
    ghsa_jvmv_2qcp_7855_who_guesses_waits: sign_in::who_guesses_learns_nothing_and_has_to_wait;
    cve_2021_21443_end_users_find_only_themselves: people::end_users_find_only_themselves;
    cve_2021_21443_a_restricted_agent_finds_whom_they_may: people::a_restricted_agent_finds_whom_they_may;
    cve_2026_47123_an_address_alone_is_nobody_of_the_team: arriving::nothing_is_done_in_the_name_of_the_team_by_an_address_alone;
    ghsa_j49f_9g94_3wh4_a_mail_is_its_writers: arriving::a_mail_is_its_writers_by_address_and_token;
    cve_2012_4730_nothing_begins_a_header: letter::no_name_subject_text_or_value_begins_a_header;
    zendesk_relay_spam_a_stranger_is_answered_once_a_day: arriving::a_stranger_is_answered_once_a_day_and_a_machine_never;
    freescout_3607_a_letter_is_sent_again_under_the_same_name: courier::what_nobody_knows_of_is_sent_again_under_the_same_name;
    freescout_loops_two_machines_come_to_an_end: arriving::two_answering_machines_come_to_an_end;
    cve_2026_48187_a_mail_that_is_too_much_is_refused: incoming::a_mail_that_is_too_much_is_refused_at_once;
    cve_2019_18180_a_name_without_end_ends: incoming::a_file_has_one_harmless_name_whatever_is_claimed;
    cve_2014_9472_letters_of_no_alphabet_are_read: incoming::letters_that_are_not_named_are_those_of_the_west;
    cve_2018_11563_a_page_becomes_text: pages::a_page_becomes_text;
    cve_2025_32358_a_redirect_is_not_followed: servers::a_redirect_is_an_answer_and_not_followed;
    ghsa_22wf_848c_c856_an_address_is_refused_however_it_is_written: addresses::an_address_is_refused_however_it_is_written;
    ghsa_22wf_848c_c856_a_name_that_changes_its_answer_is_asked_once: addresses::a_name_that_changes_its_answer_is_asked_once;
    cve_2025_49466_names_stay_in_their_folder: attachment_names_stay_in_their_folder;
    cve_2019_14749_no_spreadsheet_computes_a_name: hostile_names_are_text_in_csv;
    cve_2020_29160_audits_stay: audits_can_neither_be_changed_nor_taken_away;
    cve_2024_43416_asking_does_not_tell_who_is_known: access::asking_does_not_tell_who_is_known;
}

clause! {
    ghsa_wg74_ww4w_2qpc_a_file_is_seen_with_its_comment: comments::what_is_internal_cannot_be_guessed_by_its_number;
    cve_2026_41192_an_upload_is_its_owners: comments::an_upload_is_used_once_and_by_its_owner;
    cve_2020_26034_an_address_in_copy_does_not_tell_who_has_it: copies::an_address_in_copy_does_not_tell_who_has_it;
}
