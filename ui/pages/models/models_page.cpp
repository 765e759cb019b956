// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/models_page.h"

namespace lori::ui {

ModelsPage::ModelsPage(AppContext& context, QWidget* parent) : Page(parent), m_context(context)
{
    setObjectName(QStringLiteral("modelsPage"));
}

} // namespace lori::ui
