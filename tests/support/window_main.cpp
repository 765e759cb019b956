// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>

namespace lori::test {
int runRegisteredTests(QStringList arguments);
}

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    return lori::test::runRegisteredTests(QCoreApplication::arguments());
}
