// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/health_notes.h"

#include "ui/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

namespace lori::ui {

using nlohmann::json;

namespace {

constexpr std::size_t kRecent = 40;      // steps a stage is judged by
constexpr double kFlatSpread = 0.002;    // (largest − smallest) ÷ mean over those steps
constexpr std::size_t kRisingChecks = 3; // held-out checks in a row
constexpr double kEnoughRows = 16;       // a held-out loss of fewer rows goes up and down by chance

std::optional<double> number(const json& values, const char* key)
{
    const auto found = values.find(key);
    return found != values.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

} // namespace

std::vector<HealthRemark> HealthNotes::append(const std::vector<events::Event>& events)
{
    std::vector<HealthRemark> found;
    for (const events::Event& event : events) {
        std::visit(events::Overloaded{[&](const events::StageStarted&) {
                                          m_losses.clear();
                                          m_heldOut.clear();
                                      },
                                      [&](const events::Step& e) { lookAtStep(e, found); },
                                      [&](const events::HeldOut& e) { lookAtHeldOut(e, found); },
                                      [&](const events::Score& e) { lookAtScore(e, found); },
                                      [&](const events::Seal& e) {
                                          if (!e.holds()) {
                                              tell(found, "seal-broken", Tone::Alarm, sealIsBroken());
                                          }
                                      },
                                      [&](const events::Note& e) { passOn(e, found); },
                                      [](const auto&) {
                                      }},
                   event.payload);
    }
    return found;
}

void HealthNotes::tell(std::vector<HealthRemark>& found, const std::string& code, Tone tone, const QString& remark)
{
    if (m_told.insert(code).second) {
        found.push_back({code, tone, remark});
    }
}

void HealthNotes::passOn(const events::Note& e, std::vector<HealthRemark>& found)
{
    const HealthRemark told = remark(e.code, e.level, e.values, e.text);
    if (told.code == "overfitting" && m_heldOutRows >= 0 && m_heldOutRows < kEnoughRows) {
        return; // too few to judge by, whoever counted
    }
    tell(found, told.code, told.tone, told.text);
}

HealthRemark HealthNotes::remark(const std::string& code, const std::string& level, const json& values, const std::string& text)
{
    const Tone tone = level == "alarm" ? Tone::Alarm : level == "warning" ? Tone::Caution : Tone::Accent;
    if (code == "loss_zero") {
        return {"loss-zero", tone, lossIsZero()};
    }
    if (code == "needless_refusals") {
        return {"needless-refusals", tone, needlessRefusals(number(values, "value").value_or(0))};
    }
    if (code == "not_frozen") {
        return {"seal-broken", tone, sealIsBroken()};
    }
    if (code == "held_out_rising") {
        return {"overfitting", tone,
                tr("The held-out loss was not below its best for three checks: the model may begin to memorize. Fewer steps may "
                   "be better.")};
    }
    if (code == "gradient_zero") {
        return {"gradient-zero", tone, tr("The gradient is exactly 0: nothing is being learned.")};
    }
    if (code == "change_unused") {
        return {"change-unused", tone, tr("A change was asked for while no training stage was at work, so nothing was changed.")};
    }
    if (code == "mask_moment") {
        return {"mask-moment", tone,
                tr("The mask at step %1 could not be kept, so no further one is tried: %2.")
                    .arg(std::llround(number(values, "step").value_or(0)))
                    .arg(QString::fromStdString(values.value("why", std::string())))};
    }
    if (code == "mask_ties") {
        return {"mask-ties", tone,
                tr("Many entries of B have the same size, so the mask keeps more than asked for. Train LoRI-D longer, or use the "
                   "exact rule.")};
    }
    if (code == "truncated_rows" && number(values, "answers")) {
        return {"truncated-rows", tone,
                tr("%1 rows were too long and were shortened: in %2 the prompt, in %3 the answer.")
                    .arg(std::llround(number(values, "rows").value_or(0)))
                    .arg(std::llround(number(values, "prompts").value_or(0)))
                    .arg(std::llround(number(values, "answers").value_or(0)))};
    }
    if (code == "rewritten_answers") {
        return {"rewritten-answers", tone,
                tr("The chat template changes %1 earlier answers (it leaves thoughts out, for example); they are read, but not "
                   "learned.")
                    .arg(std::llround(number(values, "answers").value_or(0)))};
    }
    if (code == "truncated_rows") { // of an older worker
        return {"truncated-rows", tone,
                tr("%1 rows were too long and were shortened.").arg(std::llround(number(values, "rows").value_or(0)))};
    }
    if (code == "rows_beyond_context") {
        return {"rows-beyond-context", tone,
                tr("%1 rows are longer than what the model was made for: it has not learnt such positions.")
                    .arg(std::llround(number(values, "rows").value_or(0)))};
    }
    return {"worker:" + code, tone, QString::fromStdString(text)}; // from a newer worker: its own words are better than none
}

Remedy HealthNotes::remedy(const std::string& code, bool atWork)
{
    struct Row {
        const char* code;
        Remedy atWork;
        Remedy ended;
    };
    static constexpr Row kRows[] = {{"overfitting", Remedy::EndStage, Remedy::SetUpAgain},
                                    {"loss-not-finite", Remedy::ChangeRate, Remedy::GoOnSlower},
                                    {"flat", Remedy::ChangeRate, Remedy::SetUpAgain},
                                    {"change-unused", Remedy::ChangeRate, Remedy::None},
                                    {"loss-zero", Remedy::ShowData, Remedy::ShowData},
                                    {"gradient-zero", Remedy::ShowData, Remedy::ShowData},
                                    {"rewritten-answers", Remedy::ShowData, Remedy::ShowData},
                                    {"mask-ties", Remedy::ShowMasks, Remedy::ShowMasks},
                                    {"needless-refusals", Remedy::SetUpAgain, Remedy::SetUpAgain},
                                    {"truncated-rows", Remedy::SetUpAgain, Remedy::SetUpAgain},
                                    {"rows-beyond-context", Remedy::SetUpAgain, Remedy::SetUpAgain},
                                    {"seal-broken", Remedy::CopyReport, Remedy::CopyReport}};
    const auto* const found = std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& row) { return code == row.code; });
    return found == std::end(kRows) ? Remedy::None : atWork ? found->atWork : found->ended;
}

QString HealthNotes::lossIsZero()
{
    return tr("The loss is exactly 0: there is nothing to learn in these rows. Check that the answer column is the right one.");
}

QString HealthNotes::needlessRefusals(double rate)
{
    return tr("The model now refuses %1 of harmless requests too. Mix helpful rows into the training data, or train for fewer "
              "steps.")
        .arg(Text::percent(rate, 0));
}

QString HealthNotes::sealIsBroken()
{
    return tr("Something that must stay frozen has changed. Do not use this adapter; please report this run.");
}

void HealthNotes::lookAtStep(const events::Step& e, std::vector<HealthRemark>& found)
{
    const std::optional<double>& loss = e.loss;
    if (!loss || !std::isfinite(*loss)) {
        tell(found, "loss-not-finite", Tone::Alarm,
             tr("The loss is no longer a number. The learning rate is probably too high: stop, and start again with a third of "
                "it."));
        return;
    }
    if (*loss == 0) {
        tell(found, "loss-zero", Tone::Caution, lossIsZero());
    }
    m_losses.push_back(*loss);
    if (m_losses.size() > kRecent) {
        m_losses.pop_front();
    }
    if (m_losses.size() == kRecent) {
        const auto [low, high] = std::minmax_element(m_losses.begin(), m_losses.end());
        const double mean = std::accumulate(m_losses.begin(), m_losses.end(), 0.0) / static_cast<double>(kRecent);
        if (mean > 0 && (*high - *low) / mean < kFlatSpread) {
            tell(found, "flat", Tone::Caution,
                 tr("The loss has not moved for %1 steps. Either everything is learnt, or the learning rate is far too small.")
                     .arg(kRecent));
        }
    }
}

void HealthNotes::lookAtHeldOut(const events::HeldOut& e, std::vector<HealthRemark>& found)
{
    m_heldOutRows = e.rows >= 0 ? static_cast<double>(e.rows) : m_heldOutRows;
    if (!e.loss || m_losses.empty()) {
        return;
    }
    const double mean = std::accumulate(m_losses.begin(), m_losses.end(), 0.0) / static_cast<double>(m_losses.size());
    m_heldOut.push_back({*e.loss, mean});
    if (m_heldOut.size() <= kRisingChecks || (m_heldOutRows >= 0 && m_heldOutRows < kEnoughRows)) {
        return;
    }
    const auto first = m_heldOut.end() - static_cast<std::ptrdiff_t>(kRisingChecks);
    const auto lower = [](const HeldOut& a, const HeldOut& b) {
        return a.loss < b.loss;
    };
    const auto best = std::min_element(m_heldOut.begin(), m_heldOut.end(), lower);
    if (best < first && m_heldOut.back().trainingMean < best->trainingMean) {
        tell(found, "overfitting", Tone::Caution,
             tr("The held-out loss was not below its best for %1 checks while the training loss falls: the model may begin to "
                "memorize. Stopping and keeping now is worth a thought.")
                 .arg(kRisingChecks));
    }
}

void HealthNotes::lookAtScore(const events::Score& e, std::vector<HealthRemark>& found)
{
    // A check on a few rows early in a stage says little about its end: only whole evaluations count.
    if (e.metric != "needless_refusal_rate" || !e.final) {
        return;
    }
    const double low = e.low.value_or(0);
    if (e.stage < 0) {
        m_needlessBefore[e.task] = e.high.value_or(1);
        return;
    }
    const auto before = m_needlessBefore.find(e.task);
    if (before != m_needlessBefore.end() && low > before->second && low > 0.1) {
        tell(found, "needless-refusals", Tone::Caution, needlessRefusals(e.value.value_or(0)));
    }
}

} // namespace lori::ui
