/** {@code pmf import}: an encoder's directory of a model that others have exported to ONNX. */
package org.pmf4j.cli.imports;
