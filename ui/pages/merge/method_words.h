// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include <string_view>

namespace lori::ui {

/// The ways to merge in words.
class MergeMethodWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::MergeMethodWords)

public:
    /// "Concat: every change added up exactly"; the name itself for a method without words.
    [[nodiscard]] static QString title(std::string_view method);
    /// What it does, one line.
    [[nodiscard]] static QString does(std::string_view method);
    /// "Fails when …", one line.
    [[nodiscard]] static QString fails(std::string_view method);
    /// Every method of kMergeMethods has words.
    [[nodiscard]] static bool knows(std::string_view method);
};

} // namespace lori::ui
