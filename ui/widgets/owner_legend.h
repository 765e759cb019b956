// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <vector>

namespace lori::ui {

/// What the colours and hatches of an owner picture mean, with counts: a sample and a text each. Screen readers hear all of it as
/// the legend's description.
class OwnerLegend final : public QWidget {
    Q_OBJECT

public:
    explicit OwnerLegend(QWidget* parent = nullptr);
    /// `counts`: entries of each group, free first, then each mask alone, then several; empty empties it.
    void setCounts(QStringList masks, std::vector<std::int64_t> counts);
    [[nodiscard]] QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    [[nodiscard]] QString textOf(std::size_t group) const;

    QStringList m_masks;
    std::vector<std::int64_t> m_counts;
};

} // namespace lori::ui
