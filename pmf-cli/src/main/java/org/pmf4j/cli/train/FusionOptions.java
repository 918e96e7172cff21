package org.pmf4j.cli.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.cli.option.SettingOptions;
import org.pmf4j.core.pmf.PmfMethod;
import org.pmf4j.core.pmf.PmfOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is fused, and how: the options that PMF declares, and any other setting by its name. */
@Command
final class FusionOptions {
  @Option(
      names = "--method",
      paramLabel = "NAME",
      description = "fusion method, of those that 'pmf plugins' lists (default: ${DEFAULT-VALUE})")
  private String method = PmfMethod.NAME;

  @Mixin private SettingOptions declared = SettingOptions.of(PmfMethod.NAME, settingsOfPmf());

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "any other setting of the method, such as prompt-deviation=0.1")
  private Map<String, String> others = new LinkedHashMap<>();

  private static Settings settingsOfPmf() {
    List<Setting<?>> all = PmfMethod.OPTIONS.stream().<Setting<?>>map(PmfOption::setting).toList();
    return Settings.defaults("method " + PmfMethod.NAME, all);
  }

  String method() {
    return method;
  }

  /** The settings that were given, by their names in the method; what --set gives holds. */
  Map<String, Object> settings() {
    Map<String, Object> all = new LinkedHashMap<>();
    for (PmfOption option : PmfMethod.OPTIONS) {
      declared
          .given(option.setting())
          .ifPresent(value -> option.setsIn(method).forEach(name -> all.put(name, value)));
    }
    all.putAll(others);
    return all;
  }
}
