// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include <functional>

class QPushButton;
class QWidget;

namespace lori::ui {

/// How a person leads the forms to files: the two ways to a model, and to rows.
class FileChoosers final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::FileChoosers)

public:
    /// Gives a button a menu for a GGUF file and for a folder as Hugging Face keeps it; `chosen` gets the path of the file or the
    /// folder.
    static void addModels(QPushButton& button, const std::function<void(const QString& path)>& chosen);
    /// Asks where a model is now that is called `name`: a GGUF file, or a folder. `chosen` gets its path; the dialog is not
    /// waited for.
    static void findModel(QWidget* parent, const QString& name, bool isFile,
                          const std::function<void(const QString& path)>& chosen);
    /// The same for a file of rows that was at `gone`.
    static void findRows(QWidget* parent, const QString& gone, const std::function<void(const QString& path)>& chosen);
    /// A file of rows, looked for beside `from`; "" when nothing was chosen.
    [[nodiscard]] static QString askRows(QWidget* parent, const QString& from = {});
};

} // namespace lori::ui
