// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/home.h"
#include "ui/services/adapter_catalog.h"
#include "ui/services/model_library.h"
#include "ui/theme.h"

#include <QCoreApplication>

namespace lori::ui {

/// The base model of an adapter, and whether it is at hand.
class AdapterBase final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::AdapterBase)

public:
    QString text;            ///< "Built-in model: at hand, the same weights"
    Tone tone = Tone::Quiet; ///< Caution when it is not at hand, or others weights are
    QString model;           ///< the name or path that opens it; "" when it is not at hand
    /// Judged by the fingerprint that the adapter names, else by the name alone.
    [[nodiscard]] static AdapterBase of(const KnownAdapter& adapter, const ModelLibrary& library, const Home& home);
};

} // namespace lori::ui
