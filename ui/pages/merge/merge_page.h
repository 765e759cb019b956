// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"
#include "ui/services/app_context.h"

namespace lori::ui {

/// Adapters into one: how they would disturb each other, method and weights, and what the merge scores.
class MergePage final : public Page {
    Q_OBJECT

public:
    explicit MergePage(AppContext& context, QWidget* parent = nullptr);

private:
    AppContext& m_context;
};

} // namespace lori::ui
