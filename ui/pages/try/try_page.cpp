// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/try/try_page.h"

namespace lori::ui {

TryPage::TryPage(AppContext& context, QWidget* parent) : Page(parent), m_context(context)
{
    setObjectName(QStringLiteral("tryPage"));
}

} // namespace lori::ui
