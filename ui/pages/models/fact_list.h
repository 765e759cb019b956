// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"
#include "ui/widgets/wrapped_label.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;

namespace lori::ui {

/// "Context length   8,192": what a card says of something.
struct Fact {
    QString name;
    QString value;
    QString tip{};           ///< "" for none
    Tone tone = Tone::Quiet; ///< Quiet: as other text
};

/// Facts below each other, names left. Long values wrap.
class FactList final : public QWidget {
    Q_OBJECT

public:
    explicit FactList(const QString& objectName, QWidget* parent = nullptr);
    void setFacts(const std::vector<Fact>& facts);
    /// The value that stands behind a name; null when there is none.
    [[nodiscard]] QString valueOf(const QString& name) const;

private:
    struct Row {
        QLabel* name = nullptr;
        QLabel* value = nullptr;
    };
    QGridLayout* m_grid = nullptr;
    std::vector<Row> m_rows;
};

/// Text in a tone's colour; Quiet gives it back its own.
void setTone(QLabel& label, Tone tone);

} // namespace lori::ui
