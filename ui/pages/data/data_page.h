// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"
#include "ui/services/app_context.h"

namespace lori::ui {

/// Own files and shipped tasks: how their rows are read, and what the model will see.
class DataPage final : public Page {
    Q_OBJECT

public:
    explicit DataPage(AppContext& context, QWidget* parent = nullptr);

private:
    AppContext& m_context;
};

} // namespace lori::ui
