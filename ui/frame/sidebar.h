// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

#include <QListWidget>

namespace lori::ui {

/// The navigation list on the left: icon and word per page.
class Sidebar final : public QListWidget {
    Q_OBJECT

public:
    explicit Sidebar(QWidget* parent = nullptr);
    void select(PageId page);
    [[nodiscard]] static QString title(PageId page);
    [[nodiscard]] static QString iconName(PageId page);

Q_SIGNALS:
    void pageChosen(lori::ui::PageId page);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
};

} // namespace lori::ui
