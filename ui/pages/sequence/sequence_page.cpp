// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sequence/sequence_page.h"

namespace lori::ui {

SequencePage::SequencePage(AppContext& context, QWidget* parent) : Page(parent), m_context(context)
{
    setObjectName(QStringLiteral("sequencePage"));
}

} // namespace lori::ui
