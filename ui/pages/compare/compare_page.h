// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"
#include "ui/services/app_context.h"

namespace lori::ui {

/// Runs side by side: scores, settings, curves, answers.
class ComparePage final : public Page {
    Q_OBJECT

public:
    explicit ComparePage(AppContext& context, QWidget* parent = nullptr);

private:
    AppContext& m_context;
};

} // namespace lori::ui
