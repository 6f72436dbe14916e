//! What every client keeps to: clauses over `&dyn Client`, run on both databases and over a server, in our own dialect and,
//! as far as it can say them, in Zendesk's.

mod access;
mod bounds;
mod cases;
mod clauses;
pub mod comments;
pub mod copies;
mod items;
mod kept;
mod leaving;
mod lists;
mod macros;
pub mod marks;
mod named;
mod news;
mod on_behalf;
mod once;
mod portal;
mod presence;
mod rehearsals;
mod removal;
mod report;
mod restricted;
mod rules;
pub mod schedules;
mod timers;
mod views;

use crate::support::town::Town;

/// Runs every clause on both databases, and over a server as a remote client.
macro_rules! contract {
    ($($module:ident: $($clause:ident),+ $(,)?;)+) => {
        mod sqlite {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $clause() {
                    let town = super::Town::sqlite().await;
                    super::$module::$clause(&town).await;
                    town.verified().await;
                }
            )+)+
        }
        mod remote {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $clause() {
                    let town = super::Town::remote().await;
                    super::$module::$clause(&town).await;
                    town.verified().await;
                }
            )+)+
        }
        mod postgres {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $clause() {
                    let town = super::Town::pg().await;
                    super::$module::$clause(&town).await;
                    town.verified().await;
                    town.store.close().await;
                }
            )+)+
        }
    };
}

/// Runs clauses over a server in Zendesk's dialect.
macro_rules! in_zendesks {
    ($($module:ident: $($clause:ident),+ $(,)?;)+) => {
        mod zendesk {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $clause() {
                    let town = super::Town::zendesk().await;
                    super::$module::$clause(&town).await;
                    town.verified().await;
                }
            )+)+
        }
    };
}

contract! {
    removal:
        a_deleted_ticket_is_for_nobody_until_it_is_brought_back,
        who_may_delete_is_for_the_account_to_say,
        what_is_deleted_for_good_leaves_its_number_and_its_history,
        what_was_deleted_long_ago_goes_by_itself,
        spam_is_deleted_and_its_sender_shut_out,
        a_piece_of_a_comment_is_blackened_everywhere,
        a_file_is_taken_off_its_comment,
        others_do_not_name_what_is_deleted;
    rules:
        a_trigger_follows_what_was_done,
        tickets_are_looked_at_anew_when_rules_change,
        tickets_are_looked_at_anew_when_people_change,
        two_schedulers_never_do_a_thing_twice,
        a_rule_says_why_it_followed_or_not,
        a_rule_can_be_tried_before_it_is_switched_on,
        a_rule_names_people;
    cases:
        solving_a_problem_solves_its_incidents,
        end_users_know_no_problems_and_incidents,
        a_rating_is_its_requesters_and_the_teams,
        metrics_are_told_by_the_history;
    clauses:
        a_session_says_who_asks_and_what_there_is,
        an_account_begins_with_four_kinds_and_support_ops,
        a_request_is_a_new_ticket_of_support_ops,
        a_suspended_person_is_refused_everything,
        an_organization_is_found_by_number_and_name_however_many_there_are,
        an_unknown_address_becomes_an_end_user,
        who_reads_along_is_known_beforehand,
        settings_change_for_everybody_at_once;
    bounds:
        what_is_handed_in_has_bounds,
        what_is_asked_for_at_once_has_bounds;
    comments:
        a_note_reaches_no_end_user,
        a_private_ticket_does_not_exist_for_its_requester,
        a_follow_up_does_not_tell_of_what_it_follows,
        what_is_internal_cannot_be_guessed_by_its_number,
        a_file_travels_with_its_comment,
        an_upload_is_used_once_and_by_its_owner,
        earlier_comments_come_in_pieces,
        hostile_texts_come_back_as_they_were,
        a_history_tells_everything_in_order,
        a_merge_touches_both_tickets;
    copies:
        an_address_in_copy_does_not_tell_who_has_it,
        an_end_user_is_told_what_they_need_of_the_account;
    items:
        the_set_up_is_for_those_who_work_with_it,
        names_in_documents_are_found_and_written,
        a_check_answers_as_the_act_would_and_does_nothing,
        a_group_is_deleted_once_nothing_uses_it,
        a_number_of_something_deleted_is_never_used_again,
        what_a_rule_names_must_be_there,
        a_condition_is_tried_on_the_tickets;
    kept:
        nothing_is_deleted_while_something_uses_it,
        an_option_in_use_does_not_vanish;
    lists:
        each_list_holds_what_it_says,
        pages_follow_each_other_without_gap_or_repeat,
        counts_agree_with_lists,
        a_search_finds_words_as_soon_as_they_are_written,
        a_search_finds_while_one_types,
        what_cannot_be_asked_is_said,
        end_users_see_no_views_tickets_or_histories;
    named:
        a_search_knows_the_accounts_own_names;
    on_behalf:
        a_public_ticket_in_somebodys_name_is_theirs,
        a_ticket_for_nobody_is_the_agents_own,
        a_private_ticket_is_nowhere_until_it_is_opened,
        a_private_ticket_waits_in_its_groups_queue,
        the_only_public_comment_can_become_a_note,
        what_was_opened_stays_open;
    portal:
        a_request_keeps_its_kind,
        an_answer_hands_a_request_back,
        a_requester_marks_as_solved,
        a_closed_request_has_a_follow_up;
    rehearsals:
        a_rehearsal_tells_what_the_acts_are_told,
        a_rehearsal_is_for_admins_and_in_nobodys_way,
        thousands_of_rules_are_rehearsed_at_once;
    report:
        every_number_of_a_report_is_that_of_a_list,
        times_are_counted_as_tickets_tell_them,
        a_report_counts_private_tickets_for_agents_alone,
        a_report_tells_a_restricted_agent_nothing_of_others,
        what_is_asked_of_a_report_has_bounds;
    access:
        a_link_leads_from_sign_up_to_submitting,
        a_password_is_verified_whoever_asks,
        what_is_asked_for_is_bounded_and_told_to_nobody,
        a_token_lets_a_program_in_until_it_is_revoked,
        the_admin_log_tells_everything_but_secrets,
        the_admin_log_is_read_from_its_end,
        people_of_an_organization_or_a_group_come_in_pages;
    leaving:
        who_is_merged_is_the_other_everywhere,
        who_is_deleted_is_found_no_more,
        what_somebody_wrote_is_erased_and_the_history_holds,
        texts_of_closed_tickets_are_forgotten_by_age,
        who_works_no_longer_is_on_nothing_that_is_open,
        who_leaves_a_group_leaves_its_tickets;
    restricted:
        what_is_out_of_sight_is_as_if_it_never_was,
        what_is_handed_away_is_done_and_out_of_sight,
        an_agent_of_one_organization_finds_its_people,
        another_ticket_is_named_only_to_who_may_know_of_it,
        who_works_no_longer_reads_as_the_requester_they_are,
        the_admin_log_is_for_admins;
    once:
        the_same_key_gives_the_same_receipt,
        a_receipt_tells_how_far_its_ticket_has_come,
        the_same_key_for_another_deed_is_refused,
        a_file_handed_in_again_is_the_same_under_the_same_key,
        keys_of_two_people_do_not_meet,
        what_was_imported_is_known_whoever_imports,
        a_suspended_person_is_not_told_what_was_done,
        one_key_sent_many_times_at_once_is_done_once,
        a_change_against_an_older_version_is_a_conflict,
        many_writers_lose_nothing,
        a_refused_act_leaves_nothing_behind;
    marks:
        nothing_internal_reaches_who_must_not_know;
    news:
        what_changes_is_heard_at_once,
        nothing_internal_is_heard_by_end_users,
        what_comes_into_sight_is_heard_of,
        a_restricted_agent_hears_of_their_tickets_alone,
        a_session_and_an_inbox_that_change_are_heard_of,
        who_is_suspended_hears_nothing_more,
        news_travel_between_programs,
        what_was_missed_is_told_as_far_as_it_is_theirs,
        who_comes_and_goes_is_heard_of_at_once,
        what_is_read_in_one_program_is_read_in_another;
    presence:
        who_else_has_a_ticket_open_is_told_for_half_a_minute,
        nobody_else_is_told_who_has_a_ticket_open;
    macros:
        a_macro_is_told_before_it_is_done,
        a_macros_reply_is_filled_in_for_its_reader,
        a_macro_of_ones_own_is_for_oneself;
    views:
        a_view_keeps_its_groups_whole,
        counts_follow_every_change;
    schedules:
        an_automation_waits_in_business_hours,
        a_schedule_that_changes_changes_what_is_due,
        a_schedule_in_use_is_not_deleted;
    timers:
        a_pending_ticket_is_reminded_and_ends,
        a_solved_ticket_closes_after_four_days,
        an_answer_starts_the_count_again,
        a_clock_that_jumps_back_closes_nothing,
        a_clock_that_jumps_ahead_does_each_thing_once,
        what_a_wrong_clock_took_is_not_lost,
        a_forecast_says_what_comes_and_a_dry_run_does_nothing,
        what_is_due_happens_whoever_is_there,
        only_admins_run_timers,
        what_is_due_comes_in_pages,
        requesters_are_foretold_only_what_comes_by_what_they_see;
}

// What is arranged for a clause and cannot be done over the network there is done beside the store (`Town::does`). What is
// not here does not hold in this dialect, and why:
// - The clause itself asks for what such an account cannot tell (`Session::lacks`): the set-up and its refusals, rehearsals
//   and trials, reports, forecasts, the inbox, the admin log, links and tokens of people, imports, why a rule did something.
// - Its search does not know the question: private tickets, ratings, numbers of comments, fields that are empty.
// - It refuses in words of its own: `Error::Said` where ours has a `Refusal`, and only when it is sent, not when it is checked.
// - Versions are seconds: two changes within one have the same, and nobody counts them.
// - It says numbers where ours has addresses (who is in copy), and no places of rows before others (`edges`).
// - News come by looking, four times a minute at most; counts are as old as the account's.
in_zendesks! {
    removal:
        what_is_deleted_for_good_leaves_its_number_and_its_history,
        others_do_not_name_what_is_deleted;
    rules:
        two_schedulers_never_do_a_thing_twice,
        a_rule_names_people;
    cases:
        solving_a_problem_solves_its_incidents,
        end_users_know_no_problems_and_incidents,
        metrics_are_told_by_the_history;
    clauses:
        who_reads_along_is_known_beforehand;
    comments:
        a_note_reaches_no_end_user,
        a_private_ticket_does_not_exist_for_its_requester,
        a_follow_up_does_not_tell_of_what_it_follows,
        a_file_travels_with_its_comment,
        earlier_comments_come_in_pieces,
        hostile_texts_come_back_as_they_were,
        a_history_tells_everything_in_order,
        a_merge_touches_both_tickets;
    items:
        names_in_documents_are_found_and_written,
        a_condition_is_tried_on_the_tickets;
    lists:
        each_list_holds_what_it_says,
        counts_agree_with_lists,
        a_search_finds_words_as_soon_as_they_are_written,
        a_search_finds_while_one_types,
        what_cannot_be_asked_is_said;
    on_behalf:
        a_ticket_for_nobody_is_the_agents_own,
        what_was_opened_stays_open;
    portal:
        an_answer_hands_a_request_back;
    access:
        a_link_leads_from_sign_up_to_submitting,
        what_is_asked_for_is_bounded_and_told_to_nobody;
    leaving:
        who_works_no_longer_is_on_nothing_that_is_open,
        who_leaves_a_group_leaves_its_tickets;
    restricted:
        what_is_handed_away_is_done_and_out_of_sight,
        an_agent_of_one_organization_finds_its_people,
        the_admin_log_is_for_admins;
    once:
        the_same_key_gives_the_same_receipt,
        the_same_key_for_another_deed_is_refused,
        keys_of_two_people_do_not_meet,
        one_key_sent_many_times_at_once_is_done_once,
        a_refused_act_leaves_nothing_behind;
    macros:
        a_macros_reply_is_filled_in_for_its_reader;
    views:
        a_view_keeps_its_groups_whole;
    schedules:
        an_automation_waits_in_business_hours,
        a_schedule_that_changes_changes_what_is_due;
    timers:
        a_pending_ticket_is_reminded_and_ends,
        a_solved_ticket_closes_after_four_days,
        an_answer_starts_the_count_again,
        a_clock_that_jumps_back_closes_nothing,
        a_clock_that_jumps_ahead_does_each_thing_once,
        what_a_wrong_clock_took_is_not_lost;
}
