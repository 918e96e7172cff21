package org.pmf4j.testkit.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.setting.Kind;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;

/** What a method declares. */
abstract class SettingTests {
  private final FusionMethodConformance suite;

  SettingTests(FusionMethodConformance suite) {
    this.suite = suite;
  }

  @Test
  @DisplayName("have different names, and a line of help each")
  void names() {
    List<Setting<?>> all = suite.method().settings();
    assertThat(all.stream().<String>map(Setting::name))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"));
    assertThat(all)
        .allSatisfy(s -> assertThat(s.help()).as(s.name()).isNotBlank().doesNotContain("\n"));
  }

  @Test
  @DisplayName("come back from what is saved of them")
  void saved() {
    for (Settings settings : suite.allSettings()) {
      assertThat(suite.defaults().with(settings.toMap())).isEqualTo(settings);
    }
  }

  @Test
  @DisplayName("out of range are refused in one line that names them")
  void outOfRange() {
    for (Setting<?> setting : suite.method().settings()) {
      for (String bad : outside(setting.kind())) {
        assertThatThrownBy(() -> suite.defaults().with(Map.of(setting.name(), bad)))
            .as("%s = %s", setting.name(), bad)
            .isInstanceOf(PmfException.class)
            .hasMessageContaining(setting.name())
            .hasMessageNotContaining("\n");
      }
    }
  }

  private static List<String> outside(Kind<?> kind) {
    List<String> bad = new ArrayList<>();
    if (kind instanceof Kind.Whole whole) {
      bad.addAll(List.of("two", "1.5", ""));
      if (whole.least() > Integer.MIN_VALUE) {
        bad.add(Integer.toString(whole.least() - 1));
      }
      if (whole.most() < Integer.MAX_VALUE) {
        bad.add(Integer.toString(whole.most() + 1));
      }
    } else if (kind instanceof Kind.Real real) {
      bad.addAll(List.of("much", "NaN", ""));
      if (Double.isFinite(real.from().at())) {
        bad.add(Double.toString(Math.nextDown(real.from().at())));
      }
      if (Double.isFinite(real.to().at())) {
        bad.add(Double.toString(Math.nextUp(real.to().at())));
      }
    } else if (kind instanceof Kind.Choice || kind instanceof Kind.Truth) {
      bad.addAll(List.of("none of them", ""));
    }
    return bad;
  }

  @Test
  @DisplayName("that nobody declared are refused by name")
  void unknown() {
    assertThatThrownBy(() -> suite.defaults().with(Map.of("no-such-setting", "1")))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("no-such-setting");
  }
}
