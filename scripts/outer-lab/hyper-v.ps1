#Requires -RunAsAdministrator
#Requires -Modules Hyper-V
<#
.SYNOPSIS
A throw-away Proxmox VE in Hyper-V.
.EXAMPLE
.\hyper-v.ps1 -Action Up -Iso D:\outer-lab\install.iso
.EXAMPLE
.\hyper-v.ps1 -Action Destroy
#>
param(
    [Parameter(Mandatory)] [ValidateSet('Up', 'Address', 'Stop', 'Destroy')] [string] $Action,
    # Made by iso.sh, with the disk sda.
    [string] $Iso,
    [string] $Name = 'proxmox-mcp-outer-lab',
    [string] $Folder = (Join-Path $env:LOCALAPPDATA 'proxmox-mcp\outer-lab'),
    [string] $Switch = 'Default Switch',
    [int] $MemoryGB = 8,
    [int] $DiskGB = 64,
    [int] $Cores = 4
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$disk = Join-Path $Folder 'disk.vhdx'

function Get-Address {
    (Get-VMNetworkAdapter -VMName $Name).IPAddresses | Where-Object { $_ -match '^\d+(\.\d+){3}$' } | Select-Object -First 1
}

switch ($Action) {
    'Up' {
        if (-not $Iso) { throw 'Iso is missing: the image that iso.sh has made' }
        if (Get-VM -Name $Name -ErrorAction SilentlyContinue) { throw "$Name is there: destroy it first" }
        New-Item -ItemType Directory -Force -Path $Folder | Out-Null
        New-VM -Name $Name -Generation 2 -MemoryStartupBytes ($MemoryGB * 1GB) -SwitchName $Switch `
            -NewVHDPath $disk -NewVHDSizeBytes ($DiskGB * 1GB) | Out-Null
        # The guests inside want virtualization, and MAC addresses of their own.
        Set-VMProcessor -VMName $Name -Count $Cores -ExposeVirtualizationExtensions $true
        Set-VMMemory -VMName $Name -DynamicMemoryEnabled $false
        Set-VMNetworkAdapter -VMName $Name -MacAddressSpoofing On
        Set-VMFirmware -VMName $Name -EnableSecureBoot Off
        Add-VMDvdDrive -VMName $Name -Path $Iso
        # An empty disk is passed over once, and has the system from then on: the installer does not begin anew.
        Set-VMFirmware -VMName $Name -BootOrder (Get-VMHardDiskDrive -VMName $Name), (Get-VMDvdDrive -VMName $Name)
        Start-VM -Name $Name
        Write-Output "Installing. When it is done, Address tells where the node is; then run environment.sh FOLDER ADDRESS."
    }
    'Address' {
        # Debian's kernel tells it through the integration services, once hv-kvp-daemon runs; else the console shows it.
        $address = Get-Address
        if (-not $address) { throw "$Name tells no address: its console shows one (vmconnect localhost $Name)" }
        Write-Output $address
    }
    'Stop' { Stop-VM -Name $Name }
    'Destroy' {
        if (Get-VM -Name $Name -ErrorAction SilentlyContinue) {
            Stop-VM -Name $Name -TurnOff -Force -WarningAction SilentlyContinue
            Remove-VM -Name $Name -Force
        }
        Remove-Item -Force -ErrorAction SilentlyContinue -Path $disk
    }
}
