/**
 * Writes saved models as ONNX graphs with all that is needed to run them elsewhere: {@link
 * org.pmf4j.export.ExportJob} traces a graph for each pattern of modalities, puts the files
 * together aside, holds the graphs against the backend, and gives the folder its name.
 */
package org.pmf4j.export;
