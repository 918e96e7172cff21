package org.pmf4j.api.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Of the processor's flags")
class ProcessorFlagsTest {
  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("those that multiply bfloat16 make it fast")
  @CsvSource({
    "flags : fpu avx avx2 fma, false",
    "flags : fpu avx2 avx512f avx512bw avx512_vnni, false",
    "flags : fpu avx2 avx512f avx512_bf16, true",
    "flags : fpu avx512f amx_bf16 amx_tile, true",
    "Features : fp asimd bf16 i8mm, true",
    "Features : fp asimd, false",
    "model name : avx512_bf16, false"
  })
  void flags(String line, boolean fast) {
    assertThat(ProcessorFlags.multipliesBfloat16(List.of("processor : 0", line), Map.of()))
        .isEqualTo(fast);
  }

  @ParameterizedTest(name = "{0}={1}: {2}")
  @DisplayName("the engines use none that the environment forbids")
  @CsvSource({
    "ONEDNN_MAX_CPU_ISA, AVX2, false",
    "ONEDNN_MAX_CPU_ISA, avx512_core_vnni, false",
    "ONEDNN_MAX_CPU_ISA, AVX512_CORE_BF16, true",
    "ONEDNN_MAX_CPU_ISA, AVX512_CORE_AMX, true",
    "DNNL_MAX_CPU_ISA, SSE41, false",
    "DNNL_MAX_CPU_ISA, all, true",
    "OTHER, AVX2, true"
  })
  void limits(String name, String value, boolean fast) {
    List<String> cpu = List.of("flags : avx512f avx512_bf16 amx_bf16");
    assertThat(ProcessorFlags.multipliesBfloat16(cpu, Map.of(name, value))).isEqualTo(fast);
  }

  @Test
  @DisplayName("none are known where the system does not tell them")
  void unknown() {
    assertThat(ProcessorFlags.multipliesBfloat16(List.of(), Map.of())).isFalse();
  }
}
