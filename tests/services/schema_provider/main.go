// A Terraform provider that is nothing but the schema of another, from what `terraform providers schema -json` printed:
// `terraform validate` then checks types, names, required arguments and blocks as with the provider itself. What that
// one's own code checks beyond its schema (the form of an ARN, arguments that exclude each other) is not checked.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

const address = "registry.terraform.io/hashicorp/aws"

type attribute struct {
	Type                                    json.RawMessage
	Optional, Required, Computed, Sensitive bool
}

type blockType struct {
	NestingMode string `json:"nesting_mode"`
	Block       block
	MinItems    int64 `json:"min_items"`
	MaxItems    int64 `json:"max_items"`
}

type block struct {
	Attributes map[string]attribute
	BlockTypes map[string]blockType `json:"block_types"`
}

type schema struct {
	Version int64
	Block   block
}

type printed struct {
	ProviderSchemas map[string]struct {
		Provider          schema
		ResourceSchemas   map[string]schema `json:"resource_schemas"`
		DataSourceSchemas map[string]schema `json:"data_source_schemas"`
	} `json:"provider_schemas"`
}

var nesting = map[string]tfprotov5.SchemaNestedBlockNestingMode{
	"single": tfprotov5.SchemaNestedBlockNestingModeSingle,
	"group":  tfprotov5.SchemaNestedBlockNestingModeGroup,
	"list":   tfprotov5.SchemaNestedBlockNestingModeList,
	"set":    tfprotov5.SchemaNestedBlockNestingModeSet,
	"map":    tfprotov5.SchemaNestedBlockNestingModeMap,
}

func (b block) told() *tfprotov5.SchemaBlock {
	made := &tfprotov5.SchemaBlock{}
	for name, each := range b.Attributes {
		kind, err := tftypes.ParseJSONType(each.Type)
		if err != nil {
			log.Fatalf("%s: %v", name, err)
		}
		made.Attributes = append(made.Attributes, &tfprotov5.SchemaAttribute{
			Name: name, Type: kind, Optional: each.Optional, Required: each.Required, Computed: each.Computed, Sensitive: each.Sensitive,
		})
	}
	for name, each := range b.BlockTypes {
		mode, known := nesting[each.NestingMode]
		if !known {
			log.Fatalf("%s: nesting mode %q", name, each.NestingMode)
		}
		made.BlockTypes = append(made.BlockTypes, &tfprotov5.SchemaNestedBlock{
			TypeName: name, Block: each.Block.told(), Nesting: mode, MinItems: each.MinItems, MaxItems: each.MaxItems,
		})
	}
	return made
}

func told(all map[string]schema) map[string]*tfprotov5.Schema {
	made := map[string]*tfprotov5.Schema{}
	for name, each := range all {
		made[name] = &tfprotov5.Schema{Version: each.Version, Block: each.Block.told()}
	}
	return made
}

// The embedded server is nil: what validation does not ask for is not there.
type provider struct {
	tfprotov5.ProviderServer
	answer *tfprotov5.GetProviderSchemaResponse
}

func (p provider) GetProviderSchema(context.Context, *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	return p.answer, nil
}

func (p provider) GetMetadata(context.Context, *tfprotov5.GetMetadataRequest) (*tfprotov5.GetMetadataResponse, error) {
	return &tfprotov5.GetMetadataResponse{}, nil
}

func (p provider) PrepareProviderConfig(_ context.Context, asked *tfprotov5.PrepareProviderConfigRequest) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: asked.Config}, nil
}

func (p provider) ValidateResourceTypeConfig(context.Context, *tfprotov5.ValidateResourceTypeConfigRequest) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	return &tfprotov5.ValidateResourceTypeConfigResponse{}, nil
}

func (p provider) ValidateDataSourceConfig(context.Context, *tfprotov5.ValidateDataSourceConfigRequest) (*tfprotov5.ValidateDataSourceConfigResponse, error) {
	return &tfprotov5.ValidateDataSourceConfigResponse{}, nil
}

func (p provider) StopProvider(context.Context, *tfprotov5.StopProviderRequest) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}

func main() {
	text, err := os.ReadFile(os.Getenv("PROVIDER_SCHEMA"))
	if err != nil {
		log.Fatal(err)
	}
	var all printed
	if err := json.Unmarshal(text, &all); err != nil {
		log.Fatal(err)
	}
	aws := all.ProviderSchemas[address]
	answer := &tfprotov5.GetProviderSchemaResponse{
		Provider:          &tfprotov5.Schema{Version: aws.Provider.Version, Block: aws.Provider.Block.told()},
		ResourceSchemas:   told(aws.ResourceSchemas),
		DataSourceSchemas: told(aws.DataSourceSchemas),
	}
	server := func() tfprotov5.ProviderServer { return provider{answer: answer} }
	if err := tf5server.Serve(address, server); err != nil {
		log.Fatal(err)
	}
}
