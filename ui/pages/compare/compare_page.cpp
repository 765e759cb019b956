// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_page.h"

namespace lori::ui {

ComparePage::ComparePage(AppContext& context, QWidget* parent) : Page(parent), m_context(context)
{
    setObjectName(QStringLiteral("comparePage"));
}

} // namespace lori::ui
