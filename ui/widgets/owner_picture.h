// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/entry_owners.h"
#include "ui/widgets/entry_picture.h"

#include <QStringList>

namespace lori::ui {

/// Whose the entries of one B are: free, one mask's, several masks'. Hatched as soon as an entry has ten pixels.
class OwnerPicture final : public EntryPicture {
    Q_OBJECT

public:
    explicit OwnerPicture(QWidget* parent = nullptr);
    /// `masks`: their names, one a bit of `owners`.
    void setOwners(analysis::EntryOwners owners, QStringList masks);
    [[nodiscard]] const analysis::EntryOwners& owners() const { return m_owners; }

protected:
    [[nodiscard]] QImage makeImage() const override;
    [[nodiscard]] QString entryText(QPoint entry) const override;
    void paintOver(QPainter& painter, const QRect& entries) const override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] int groupAt(int output, int rank) const;

    analysis::EntryOwners m_owners;
    QStringList m_masks;
};

} // namespace lori::ui
