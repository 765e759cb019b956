// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

namespace lori::ui {

/// The words of a study's report. Recipes write them in English, for files and scripts; what the recipes of the program write is
/// said in the window's language, and what a person's own recipe writes stays as it is.
class StudyPhrases final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::StudyPhrases)

public:
    /// "LoRI-S, 90 % zero"; "lora, merged by concat" becomes "LoRA, merged by concat".
    [[nodiscard]] static QString said(const QString& text);

private:
    [[nodiscard]] static QString part(const QString& text);
};

} // namespace lori::ui
