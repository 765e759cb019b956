// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QString>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace lori::ui {

/// One remark about a run in plain language: what is seen, why it may be so, what one can do.
struct HealthRemark {
    std::string code; ///< "loss-not-finite", "loss-zero", "flat", "overfitting", "needless-refusals", or of the worker
    Tone tone = Tone::Caution;
    QString text;
};

/// What the window can do about a remark. GoOnSlower is a branch from the newest checkpoint with a lower learning rate.
enum class Remedy : std::uint8_t { None, EndStage, ChangeRate, GoOnSlower, SetUpAgain, ShowData, ShowMasks, CopyReport };

/// Watches a run's events for the usual troubles. Each code is told once per run, whether the worker or the window
/// notices first; the worker's notes are told in the window's language.
class HealthNotes final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::HealthNotes)

public:
    /// The remarks that these events give rise to.
    [[nodiscard]] std::vector<HealthRemark> append(const std::vector<events::Event>& events);
    /// A worker's note in the window's language, by its code; `text` itself when the code is not known here.
    [[nodiscard]] static HealthRemark remark(const std::string& code, const std::string& level, const nlohmann::json& values,
                                             const std::string& text);
    /// What can be done about the remark with this code, on a run that is at work or has ended.
    [[nodiscard]] static Remedy remedy(const std::string& code, bool atWork);

private:
    void lookAtStep(const events::Step& e, std::vector<HealthRemark>& found);
    void lookAtHeldOut(const events::HeldOut& e, std::vector<HealthRemark>& found);
    void lookAtScore(const events::Score& e, std::vector<HealthRemark>& found);
    void passOn(const events::Note& e, std::vector<HealthRemark>& found);
    [[nodiscard]] static QString lossIsZero();
    [[nodiscard]] static QString needlessRefusals(double rate);
    [[nodiscard]] static QString sealIsBroken();
    void tell(std::vector<HealthRemark>& found, const std::string& code, Tone tone, const QString& text);

    struct HeldOut {
        double loss;
        double trainingMean;
    };
    std::set<std::string> m_told;
    std::deque<double> m_losses; ///< newest steps of the stage
    std::vector<HeldOut> m_heldOut;
    double m_heldOutRows = -1;                      ///< of the newest measurement, -1 unknown
    std::map<std::string, double> m_needlessBefore; ///< task → upper bound before training
};

} // namespace lori::ui
