//! What broke in other help desks, and does not here: a test for each case that can occur, called by its number, over HTTP,
//! by mail or by whatever way leads there. [`known`] are cases that a test elsewhere shows already.
//!
//! | case | why it has no test |
//! |---|---|
//! | CVE-2026-53594 | nothing is downloaded by a path: logs go to where the operator says, and nothing hands them out |
//! | CVE-2024-39777 | comes with sharing: there is no partner yet who could invite |
//! | CVE-2024-41926 | comes with sharing: there is no partner yet who could name an author |
//! | reference client, section 1.2 | comes with sharing: nothing is sent to a partner yet |

mod crowds;
mod doors;
mod files;
mod inside;
mod known;
mod letters;
mod outside;
mod rights;
mod secrets;
mod strangers;

/// In the order in which they were collected: issues without a number by the product's name.
const CASES: [&str; 58] = [
    "cve_2018_10198",
    "cve_2025_32360",
    "cve_2020_10104",
    "ghsa_w668_wq26_6c94",
    "cve_2023_45024",
    "cve_2020_10100",
    "cve_2022_48022",
    "ghsa_wqq7_4q7m_273v",
    "ghsa_wg74_ww4w_2qpc",
    "cve_2026_41192",
    "cve_2024_33668",
    "osticket_2615",
    "cve_2026_41191",
    "cve_2026_34722",
    "cve_2026_40591",
    "cve_2020_26029",
    "cve_2026_48811",
    "cve_2025_32359",
    "ghsa_v8vc_cmf9_gg2c",
    "cve_2020_1772",
    "cve_2026_53595",
    "cve_2026_41902",
    "cve_2026_27637",
    "cve_2017_5619",
    "cve_2020_26030",
    "cve_2022_31888",
    "cve_2020_1776",
    "cve_2023_22501",
    "cve_2026_64652",
    "cve_2020_26034",
    "cve_2024_43416",
    "ghsa_jvmv_2qcp_7855",
    "cve_2021_38562",
    "cve_2021_21443",
    "cve_2026_47123",
    "ghsa_83xx_8c27_gq78",
    "ghsa_j49f_9g94_3wh4",
    "cve_2012_4730",
    "cve_2023_41259",
    "zendesk_relay_spam",
    "freescout_3607",
    "freescout_loops",
    "cve_2026_48187",
    "cve_2019_18180",
    "cve_2014_9472",
    "cve_2018_11563",
    "cve_2022_25802",
    "cve_2025_32358",
    "ghsa_22wf_848c_c856",
    "cve_2024_32491",
    "cve_2026_28289",
    "cve_2025_49466",
    "cve_2026_53594",
    "cve_2019_14749",
    "cve_2024_39777",
    "cve_2024_41926",
    "reference_client",
    "cve_2020_29160",
];

/// A case is a test by its name, or stands with its reason in the table above.
#[test]
fn every_case_has_its_test_or_its_reason() {
    let sources = [
        include_str!("security/doors.rs"),
        include_str!("security/files.rs"),
        include_str!("security/inside.rs"),
        include_str!("security/known.rs"),
        include_str!("security/letters.rs"),
        include_str!("security/rights.rs"),
        include_str!("security/secrets.rs"),
        include_str!("security/strangers.rs"),
    ]
    .concat();
    let table: String =
        include_str!("security.rs").lines().take_while(|line| line.starts_with("//!")).collect::<String>();
    let table = table.to_lowercase().replace(['-', ' '], "_");
    let missing: Vec<_> = CASES
        .iter()
        .filter(|case| !sources.contains(&format!("fn {case}_")) && !sources.contains(&format!("    {case}_")))
        .filter(|case| !table.contains(**case))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
