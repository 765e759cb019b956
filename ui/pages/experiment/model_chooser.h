// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include <functional>

class QPushButton;

namespace lori::ui {

/// The two ways to a model's files: a GGUF file, or a folder as Hugging Face keeps it.
class ModelChooser final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::ModelChooser)

public:
    /// Gives a button a menu of both; `chosen` gets the path of the file or the folder.
    static void addTo(QPushButton& button, const std::function<void(const QString& path)>& chosen);
};

} // namespace lori::ui
