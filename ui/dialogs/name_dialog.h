// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace lori::ui {

/// Asks for one name; the caller judges it while it is typed.
class NameDialog final : public QDialog {
    Q_OBJECT

public:
    /// What is wrong with a name, "" when nothing is; and a remark that does not stand in the way.
    struct Judgement {
        QString problem;
        QString remark;
    };
    struct Words {
        QString title;
        QString label;  ///< of the field, with its Alt letter
        QString button; ///< what happens, with its Alt letter
    };

    NameDialog(const Words& words, const QString& name, std::function<Judgement(const QString&)> judge, QWidget* parent);

Q_SIGNALS:
    /// Without blanks at its ends.
    void chosen(const QString& name);

private:
    void check();

    std::function<Judgement(const QString&)> m_judge;
    QLineEdit* m_name = nullptr;
    QLabel* m_remark = nullptr;
    QPushButton* m_use = nullptr;
};

} // namespace lori::ui
