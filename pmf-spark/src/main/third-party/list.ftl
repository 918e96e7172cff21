<#-- One library a line, by name of its file: its licence as its authors state it, and where to read of it. -->
Libraries in this jar that are not ours, with the licence that their authors state. Packages of some have other names
here, so that they do not meet those of Spark. Of several licences in brackets one may be chosen where the library says
so. See also NOTICE here and in META-INF.

<#list dependencyMap as e>
<#assign artifact = e.getKey()/>
<#assign licenses = e.getValue()/>
${artifact.groupId}:${artifact.artifactId}:${artifact.version}<#if artifact.classifier??>:${artifact.classifier}</#if>
    <#list licenses as license>(${license})<#sep> </#list>
    ${artifact.url!"no page is named"}
</#list>
