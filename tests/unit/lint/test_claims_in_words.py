"""What a sentence says that its own numbers mean: each wrong claim is named, and the same words over right numbers are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from wres_pipeline.lint import lint_file

CLAIMS = [
    ("<h2>Indicator 7</h2><p>Belief in equal opportunities among BME staff fell from 72.0% in 2019 to 44.8% in 2023.</p>", "bases_differ"),
    ("<h2>Indicator 7</h2><p>Belief in equal opportunities among BME staff fell from 72.0% in 2019 to 44.8% in 2023; the base changed and the two are not comparable.</p>", ""),
    ("<h2>Indicator 7</h2><p>Belief in equal opportunities among BME staff fell from 48.0% in 2022 to 44.8% in 2023.</p>", ""),
    ("<p>Last year 9.8% of BME applicants and 16.1% of White applicants were appointed from shortlisting. White applicants were less likely to be appointed.</p>", "wrong_direction"),
    ("<p>9.8% of BME applicants were appointed from shortlisting; last year 16.1% of White applicants. White applicants were less likely to be appointed.</p>", ""),
    ('<p>The number of BME consultants more than doubled, from 40 in 2019 to 66 in 2024.</p>', 'change_does_not_follow'),
    ('<p>The number of BME staff entering formal disciplinary has halved from 22 in 2022/23 to 15 in 2023/24.</p>', 'change_does_not_follow'),
    ('<h2>Indicator 9</h2><p>Two of our 12 Board members (20.0%) are from a BME background.</p>', 'percentage_does_not_follow'),
    ('<p>A quarter of our staff (31.0%) are from a BME background.</p>', 'percentage_does_not_follow'),
    ('<p>Nearly a third of BME respondents (24.1%) had experienced bullying.</p>', 'percentage_does_not_follow'),
    ('<p>One in five BME staff (12.5%) said they had faced discrimination from colleagues.</p>', 'percentage_does_not_follow'),
    ('<p>The trust has 3,296 staff, 725 of whom (28%) are BME.</p>', 'percentage_does_not_follow'),
    ('<p>Three of the fifteen voting members (25%) are BME.</p>', 'percentage_does_not_follow'),
    ('<p>We employ 4,120 people, of whom 1,030 (35%) are from a BME background.</p>', 'percentage_does_not_follow'),
    ('<h2>Indicator 3</h2><p>At 1.31 our disciplinary ratio is within the non-adverse range of 0.8 to 1.25 set nationally.</p>', 'range_does_not_hold'),
    ('<h2>Indicator 3</h2><p>The relative likelihood of BME staff entering the formal disciplinary process compared to White staff is 0.78, which falls within the four-fifths range of 0.80 to 1.25.</p>', 'range_does_not_hold'),
    ('<p>Disciplinary likelihood: 1.26. This sits inside the 0.80-1.25 non-adverse zone.</p>', 'range_does_not_hold'),
    ('<p>The ratio of 0.95 is outside the acceptable range of 0.8 to 1.25.</p>', 'range_does_not_hold'),
    ('<p>White applicants are 1.54% more likely to be appointed from shortlisting.</p>', 'ratio_as_percentage'),
    ('<p>White staff were 1.26% more likely to access non-mandatory training than BME staff (likelihoods 63% and 50%).</p>', 'ratio_as_percentage'),
    ('<h2>Indicator 2</h2><p>Relative likelihood: 1.1. White applicants were more than twice as likely as BME applicants to be appointed from shortlisting.</p>', 'ratio_does_not_follow'),
    ('<p>0.8% of White staff and 1.4% of BME staff entered formal disciplinary, so BME staff are 3 times more likely.</p>', 'ratio_does_not_follow'),
    ('<p>At 31 March the ethnicity of our staff was: White 76%, BME 25%, not stated 2%.</p>', 'total_does_not_add'),
    ('<p>Our workforce is 71.2% White, 28.4% BME and 4.4% of unknown ethnicity.</p>', 'total_does_not_add'),
    ('<h2>Indicator 2</h2><table><tr><th></th><th>White</th><th>BME</th></tr><tr><td>Number shortlisted</td><td>1,240</td><td>610</td></tr><tr><td>Number appointed</td><td>310</td><td>92</td></tr></table><p>Of 1,420 White people shortlisted, 310 were appointed.</p>', 'two_values'),
    ('<h2>Indicator 3</h2><table><tr><th></th><th>White</th><th>BME</th></tr><tr><td>Number of staff in workforce</td><td>2,410</td><td>890</td></tr><tr><td>Number entering the formal disciplinary process</td><td>17</td><td>9</td></tr></table><p>In total 71 White staff and 9 BME staff entered the formal disciplinary process.</p>', 'two_values'),
    ('<h2>Indicator 2</h2><p>Relative likelihood of White applicants being appointed from shortlisting compared to BME applicants: 0.95 (2024). White applicants remain more likely to be appointed.</p>', 'wrong_direction'),
    ('<h2>Indicator 2</h2><p>The relative likelihood of White applicants being appointed from shortlisting compared to BME applicants is 1.42, which shows BME applicants have a better chance of being appointed.</p>', 'wrong_direction'),
    ('<h2>Indicator 3</h2><p>The relative likelihood of BME staff entering the formal disciplinary process compared with White staff is 0.74. This means that BME staff are more likely than White staff to enter the formal process.</p>', 'wrong_direction'),
    ('<h2>Indicator 7</h2><p>49.1% of BME staff, compared with 61.3% of White staff, believe the trust provides equal opportunities; BME staff are more likely to believe this.</p>', 'wrong_direction'),
    ('<h2>Metric 2</h2><p>Of those shortlisted, 18% of White candidates and 12% of BME candidates were offered a post. BME candidates are therefore 1.5 times more likely to be appointed.</p>', 'wrong_direction'),
    ('<h3>Metric 3 - Disciplinary</h3><p>Our relative likelihood ratio was 0.61 this year. BME colleagues are at a higher risk of entering the formal process.</p>', 'wrong_direction'),
    ('<p>14.65% of BAME candidates and 46.99% of White candidates were appointed from shortlisting, meaning that BAME candidates were 3.2 times more likely to be appointed.</p>', 'wrong_direction'),
    ('<p>In the year 2.4% of our BME colleagues and 1.2% of White colleagues entered the formal disciplinary process. Our relative likelihood of 2.0 means White colleagues are twice as likely to be disciplined.</p>', 'wrong_direction'),
    ('<p>Of White respondents 22.8% and of BME respondents 27.0% were harassed by patients; White staff were more likely to be harassed.</p>', 'wrong_direction'),
    ('<p>The likelihood ratio for access to non-mandatory training is 0.92, showing White staff are more likely to access training than BME staff.</p>', 'wrong_direction'),
    ('<h2>Indicator 5 - Percentage of staff experiencing harassment, bullying or abuse from staff in the last 12 months</h2><p>White 20.1%, BME 24.0%.</p>', 'wrong_indicator'),
    ('<p>Indicator 8: 54.2% of BME staff believe the trust provides equal opportunities for career progression or promotion, against 63.0% of White staff.</p>', 'wrong_indicator'),
    ('<p>WRES indicator 7 (discrimination from a manager, team leader or other colleague) was 15.4% for BME staff.</p>', 'wrong_indicator'),
    ('<table><tr><th>Indicator</th><th>White</th><th>BME</th></tr><tr><td>Indicator 6: Percentage of staff experiencing harassment, bullying or abuse from patients, relatives or the public in last 12 months</td><td>24.1%</td><td>29.6%</td></tr></table>', 'wrong_indicator'),
    ('<table><tr><th>Metric</th><th>2023</th><th>2024</th></tr><tr><td>Metric 4 - relative likelihood of BME staff entering the formal disciplinary process</td><td>1.20</td><td>1.10</td></tr></table>', 'wrong_indicator'),
    ('<h2>Indicator 5</h2><p>We saw an improvement for BME staff, from 27.0% to 29.1%.</p>', 'wrong_sign'),
    ('<h2>Indicator 6</h2><p>BME staff experiencing bullying from colleagues rose from 24.0% to 27.5%, an improvement of 3.5 percentage points.</p>', 'wrong_sign'),
    ('<h2>Indicator 7</h2><p>BME staff belief in equal opportunities deteriorated from 44.0% to 47.5%.</p>', 'wrong_sign'),
    ('<h2>Indicator 7</h2><p>The share of BME staff believing in equal opportunities improved from 48.2% to 44.9%.</p>', 'wrong_sign'),
    ('<h2>Indicator 9</h2><p>BME people make up 11.1% of our Board and 26.0% of our workforce. BME people are over-represented on the Board by 14.9 percentage points.</p>', 'wrong_sign'),
    ('<h2>Indicator 9</h2><p>Board 20.0% BME; workforce 31.0% BME: difference +11.0%.</p>', 'wrong_sign'),
    ('<h2>Indicator 9</h2><table><tr><th></th><th>White</th><th>BME</th></tr><tr><td>Board total</td><td>88.9%</td><td>11.1%</td></tr><tr><td>Overall workforce</td><td>74.0%</td><td>26.0%</td></tr><tr><td>Difference (Board minus workforce)</td><td>+14.9%</td><td>+14.9%</td></tr></table>', 'wrong_sign'),
    ('<h2>Metric 8</h2><p>Discrimination: the position for BME staff has worsened, falling from 15.5% in 2023 to 13.9% in 2024.</p>', 'wrong_sign'),
    ('<p>The Trust Board is 8.3% BME and our workforce is 31.0% BME, so BME people are over represented at Board.</p>', 'wrong_sign'),
    ('<h2>Indicator 2</h2><p>A figure above 1.0 would indicate that White candidates are more likely than BME candidates to be appointed from shortlisting. The ratio is 0.95.</p>', ''),
    ('<h2>Indicator 3</h2><p>At 1.21 our disciplinary ratio is within the non-adverse range of 0.8 to 1.25 set nationally.</p>', ''),
    ('<h2>Indicator 3</h2><p>BME staff are 1.4 times more likely than White staff to enter the process, down from 1.9 times in 2023. The relative likelihood is 1.40.</p>', ''),
    ('<h2>Indicator 3</h2><p>The relative likelihood of BME staff entering the formal disciplinary process compared with White staff is 0.74. This means that BME staff are less likely than White staff to enter the formal process.</p>', ''),
    ('<h2>Indicator 4</h2><p>The relative likelihood of White staff accessing non-mandatory training compared to BME staff is 0.84. BME staff are more likely to access training.</p>', ''),
    ('<h2>Indicator 5</h2><p>We saw an improvement for BME staff, from 29.1% to 27.0%.</p>', ''),
    ('<h2>Indicator 8</h2><p>This has not improved: it went from 14.0% to 15.5%.</p>', ''),
    ('<h2>Indicator 9</h2><p>BME people make up 11.1% of our Board and 26.0% of our workforce. BME people are under-represented on the Board by 14.9 percentage points.</p>', ''),
    ('<h2>Indicator 9</h2><p>Two of our 12 Board members (16.7%) are from a BME background.</p>', ''),
    ('<h2>Metric 2</h2><p>Of those shortlisted, 18% of White candidates and 12% of BME candidates were offered a post. White candidates are therefore 1.5 times more likely to be appointed.</p>', ''),
    ('<p>0.8% of White staff and 1.4% of BME staff entered formal disciplinary, so BME staff are 1.8 times more likely.</p>', ''),
    ('<p>A ratio of 1.56 is not within the range 0.8 to 1.25.</p>', ''),
    ('<p>At 31 March the ethnicity of our staff was: White 76.1%, BME 22.0%, not stated 2.0%.</p>', ''),
    ('<p>BAME candidates have a 14.65% chance of being appointed from shortlisting. Whereas, White candidates have a 46.99% chance. White staff are 3.2 times more likely to be appointed from shortlisting compared to BAME staff.</p>', ''),
    ('<p>In 2023 the ratio was 1.42, when White applicants were more likely to be appointed from shortlisting; the relative likelihood in 2024 is 0.95.</p>', ''),
    ('<p>Nearly a third of BME respondents (31.9%) had experienced bullying.</p>', ''),
    ('<p>The Trust Board is 38.3% BME and our workforce is 31.0% BME, so BME people are over represented at Board.</p>', ''),
    ('<p>The likelihood ratio for access to non-mandatory training is 0.92, showing BME staff are more likely to access training than White staff.</p>', ''),
    ('<p>The number of BME consultants almost doubled, from 40 in 2019 to 77 in 2024.</p>', ''),
    ('<p>The number of BME staff entering formal disciplinary has halved from 22 in 2022/23 to 11 in 2023/24.</p>', ''),
    ('<p>The ratio of 1.56 is above the range of 0.8 to 1.25, outside of the non-adverse range.</p>', ''),
    ('<p>We aim to bring the ratio, now 1.56, within 0.8 to 1.25 by 2026.</p>', ''),
    ('<p>We employ 4,120 people, of whom 1,030 (25%) are from a BME background.</p>', ''),
    ('<p>White applicants are 54% more likely to be appointed from shortlisting (1.54).</p>', ''),
    ('<table><tr><th>Metric</th><th>2023</th><th>2024</th></tr><tr><td>Metric 3 - relative likelihood of BME staff entering the formal disciplinary process</td><td>1.20</td><td>1.10</td></tr></table>', ''),
]  # fmt: skip


@pytest.mark.parametrize(("body", "rule"), CLAIMS)
def test_a_claim_in_words_is_held_against_its_own_numbers(tmp_path: Path, body: str, rule: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<title>WRES report 2024</title><h1>WRES report 2024</h1>{body}", encoding="utf-8")
    assert {one.rule for one in lint_file(page)} == ({rule} if rule else set())
