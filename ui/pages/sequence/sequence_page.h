// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"
#include "ui/services/app_context.h"

namespace lori::ui {

/// Task after task, with floors that nothing may fall below.
class SequencePage final : public Page {
    Q_OBJECT

public:
    explicit SequencePage(AppContext& context, QWidget* parent = nullptr);

private:
    AppContext& m_context;
};

} // namespace lori::ui
