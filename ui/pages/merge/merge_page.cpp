// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/merge_page.h"

namespace lori::ui {

MergePage::MergePage(AppContext& context, QWidget* parent) : Page(parent), m_context(context)
{
    setObjectName(QStringLiteral("mergePage"));
}

} // namespace lori::ui
