package org.pmf4j.core.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import org.pmf4j.core.data.Columns;

/**
 * {@code adapter_config.json}: what must be known to use a saved model. Immutable, so that any
 * number of threads may share it.
 *
 * @param peftType always {@link #PEFT_TYPE}
 * @param formatVersion {@link #FORMAT_VERSION} when this code wrote it
 * @param method the fusion method's name
 * @param fusion its settings
 * @param encoders the encoders it was trained on, in order
 * @param task single-label, multi-label or regression
 * @param labels classes in the order of the logits; for regression the name of the value
 * @param targets how regression targets were scaled; null for other tasks
 * @param read columns that it was trained on; null where they are called as usual
 * @param precision type of the encoders' matrices in training
 * @param training how it was trained, for the record
 * @param trainableParameters number of trained weights
 * @param totalParameters number of all weights
 * @param writtenBy name and version of what wrote it
 * @param adapterSha256 of {@code adapter_model.safetensors}; null in version 1, and before saving
 */
@JsonPropertyOrder({"peft_type", "format_version"})
public record AdapterConfig(
    @JsonProperty("peft_type") String peftType,
    @JsonProperty("format_version") int formatVersion,
    @JsonProperty("method") String method,
    @JsonProperty("fusion") Map<String, Object> fusion,
    @JsonProperty("encoders") List<Base> encoders,
    @JsonProperty("task") String task,
    @JsonProperty("labels") List<String> labels,
    @JsonProperty("targets") TargetScale targets,
    @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("columns") ReadColumns read,
    @JsonProperty("precision") String precision,
    @JsonProperty("training") Map<String, Object> training,
    @JsonProperty("trainable_parameters") long trainableParameters,
    @JsonProperty("total_parameters") long totalParameters,
    @JsonProperty("written_by") String writtenBy,
    @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("adapter_sha256")
        String adapterSha256) {

  /** The value of {@code peft_type}. */
  public static final String PEFT_TYPE = "PMF";

  /** The version of the format that this code writes. */
  public static final int FORMAT_VERSION = 2;

  /** Before it, there was no checksum, and stray files counted as an encoder's. */
  static final int WITHOUT_CHECKSUM = 1;

  /**
   * An encoder that the adapter was trained on.
   *
   * @param name the modality's name, which is its column
   * @param modelType its family
   * @param source its directory; a relative one starts from the model's directory
   * @param sha256 its fingerprint
   * @param preprocessing fingerprint of its preprocessing
   * @param settings how it is used; null in models that were saved before encoders had settings
   */
  public record Base(
      @JsonProperty("name") String name,
      @JsonProperty("model_type") String modelType,
      @JsonProperty("source") String source,
      @JsonProperty("sha256") String sha256,
      @JsonProperty("preprocessing") String preprocessing,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("settings")
          Map<String, Object> settings) {}

  /**
   * Regression targets are trained as (y − mean) / deviation.
   *
   * @param mean of the training targets
   * @param deviation of the training targets, above 0
   */
  public record TargetScale(
      @JsonProperty("mean") double mean, @JsonProperty("deviation") double deviation) {}

  /**
   * Columns that are not called as usual.
   *
   * @param encoders by encoder, the columns that it reads, for those that read others than one of
   *     their own name
   * @param label the column of labels
   */
  public record ReadColumns(
      @JsonProperty("encoders") Map<String, List<String>> encoders,
      @JsonProperty("label") String label) {

    /** What is saved of columns; null where they are called as usual. */
    public static ReadColumns of(Columns columns) {
      return columns.equals(Columns.DEFAULT)
          ? null
          : new ReadColumns(columns.named(), columns.label());
    }
  }

  /** Which columns of a table the model reads. */
  public Columns columns() {
    return read == null ? Columns.DEFAULT : new Columns(read.encoders(), read.label());
  }

  /** The same of a saved adapter. */
  AdapterConfig withAdapter(String sha256) {
    return new AdapterConfig(
        peftType,
        formatVersion,
        method,
        fusion,
        encoders,
        task,
        labels,
        targets,
        read,
        precision,
        training,
        trainableParameters,
        totalParameters,
        writtenBy,
        sha256);
  }
}
