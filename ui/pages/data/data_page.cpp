// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/data_page.h"

namespace lori::ui {

DataPage::DataPage(AppContext& context, QWidget* parent) : Page(parent), m_context(context)
{
    setObjectName(QStringLiteral("dataPage"));
}

} // namespace lori::ui
