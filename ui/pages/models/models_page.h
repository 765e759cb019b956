// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"
#include "ui/services/app_context.h"

namespace lori::ui {

/// Base models and adapters: what is there, what cannot be used and why, what each would cost.
class ModelsPage final : public Page {
    Q_OBJECT

public:
    explicit ModelsPage(AppContext& context, QWidget* parent = nullptr);

private:
    AppContext& m_context;
};

} // namespace lori::ui
