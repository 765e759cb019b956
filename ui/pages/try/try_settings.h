// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wire/messages.h"

#include <QWidget>

#include <array>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace lori::ui {

class NumberField;

/// How answers are drawn, for every column the same.
class TrySettings final : public QWidget {
    Q_OBJECT

public:
    explicit TrySettings(QWidget* parent = nullptr);

    /// What a field holds that is no number, or out of range; "" when all is right.
    [[nodiscard]] QString problem() const;
    /// Call without a problem.
    [[nodiscard]] wire::TextOptions options() const;
    [[nodiscard]] std::string system() const;
    [[nodiscard]] bool plain() const;
    void setLongest(int tokens);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void enable();
    [[nodiscard]] std::array<std::pair<QLabel*, NumberField*>, 3> fields() const;

    QLabel* m_longestLabel = nullptr;
    NumberField* m_longest = nullptr;
    QCheckBox* m_greedy = nullptr;
    QLabel* m_temperatureLabel = nullptr;
    NumberField* m_temperature = nullptr;
    QLabel* m_seedLabel = nullptr;
    NumberField* m_seed = nullptr;
    QLabel* m_systemLabel = nullptr;
    QLineEdit* m_system = nullptr;
    QCheckBox* m_plain = nullptr;
};

} // namespace lori::ui
