// SPDX-License-Identifier: Apache-2.0
#include "core/formats/tensor_file.h"
#include "tests/formats/file_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;

namespace {

std::vector<float> floats(DType dtype, std::int64_t count, const std::string& bytes)
{
    std::vector<float> values(static_cast<std::size_t>(count));
    toFloat({"t", dtype, {count}, std::as_bytes(std::span(bytes))}, values).value();
    return values;
}

} // namespace

class DequantizeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyHalfHasItsExactValue()
    {
        for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
            const float value = floats(DType::F16, 1, littleEndian(static_cast<std::uint16_t>(bits)))[0];
            const int exponent = static_cast<int>((bits >> 10U) & 31U);
            const int mantissa = static_cast<int>(bits & 1023U);
            const double sign = (bits & 0x8000U) != 0 ? -1 : 1;
            if (exponent == 31 && mantissa != 0) {
                QVERIFY(std::isnan(value));
                continue;
            }
            const double expected = exponent == 31  ? std::numeric_limits<double>::infinity()
                                    : exponent == 0 ? std::ldexp(mantissa, -24)
                                                    : std::ldexp(1024 + mantissa, exponent - 25);
            QCOMPARE(static_cast<double>(value), sign * expected);
        }
    }

    void bfloatsAreTheUpperHalfOfASingle()
    {
        QCOMPARE(floats(DType::BF16, 2, littleEndian<std::uint16_t>(0x3f80) + littleEndian<std::uint16_t>(0xc000)),
                 (std::vector<float>{1, -2}));
    }

    void doublesAreRounded() { QCOMPARE(floats(DType::F64, 1, littleEndian(0.1)), std::vector<float>{0.1F}); }

    void q8BlocksAreScaledBytes()
    {
        std::string block = littleEndian(kHalfTwo);
        for (int i = 0; i < 32; ++i) {
            block += static_cast<char>(i * 8 - 128);
        }
        const std::vector<float> values = floats(DType::Q8_0, 32, block);
        QCOMPARE(values[0], -256.0F);
        QCOMPARE(values[16], 0.0F);
        QCOMPARE(values[31], 240.0F);
    }

    void q40BlocksHoldTheLowNibblesFirst()
    {
        std::string block = littleEndian(kHalfOne);
        for (int i = 0; i < 16; ++i) {
            block += static_cast<char>(i | ((15 - i) << 4));
        }
        const std::vector<float> values = floats(DType::Q4_0, 64, block + block);
        for (std::size_t i = 0; i < 16; ++i) {
            QCOMPARE(values[i], static_cast<float>(i) - 8);
            QCOMPARE(values[16 + i], 7 - static_cast<float>(i));
            QCOMPARE(values[32 + i], values[i]);
        }
    }

    void q41BlocksAddTheirMinimum()
    {
        std::string block = littleEndian(kHalfTwo) + littleEndian(kHalfMinusHalf);
        for (int i = 0; i < 16; ++i) {
            block += static_cast<char>(i | (i << 4));
        }
        const std::vector<float> values = floats(DType::Q4_1, 32, block);
        for (std::size_t i = 0; i < 16; ++i) {
            QCOMPARE(values[i], 2 * static_cast<float>(i) - 0.5F);
            QCOMPARE(values[16 + i], values[i]);
        }
    }

    void byteSizesKnowBlocksAndOverflow()
    {
        QCOMPARE(byteSize(DType::Q4_1, 64).value(), std::uint64_t{40});
        QCOMPARE(byteSize(DType::F64, 3).value(), std::uint64_t{24});
        QCOMPARE(byteSize(DType::Q8_0, 33).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(byteSize(DType::F64, ~std::uint64_t{0}).error().code, ErrorCode::InvalidArgument);
    }
};

LORI_TEST(DequantizeTest)
#include "dequantize_test.moc"
